package io.github.eksidentity.core.policy.tree;

/// Kleene's three values: what is known decides, and what is unknown stays unknown only where it
/// would matter.
public enum Truth {
  NO,
  UNKNOWN,
  YES;

  public static Truth of(boolean value) {
    return value ? YES : NO;
  }

  public Truth and(Truth other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Truth or(Truth other) {
    return compareTo(other) >= 0 ? this : other;
  }

  public Truth not() {
    return switch (this) {
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
      case YES -> NO;
    };
  }
}
