package io.github.eksidentity.core.policy;

/// What a statement does where it matches.
public enum Effect {
  ALLOW,
  DENY
}
