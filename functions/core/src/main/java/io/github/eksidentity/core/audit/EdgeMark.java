package io.github.eksidentity.core.audit;

/// What a finding at a role says of the ways to it, where they are listed as edges.
public enum EdgeMark {
  /// More callers get in than are named.
  LOOSE,
  /// The role has administrator rights, or a way to them.
  PRIVILEGED
}
