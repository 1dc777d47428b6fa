package io.github.eksidentity.core.policy.tree;

/// What a statement does where it matches.
public enum Effect {
  ALLOW,
  DENY
}
