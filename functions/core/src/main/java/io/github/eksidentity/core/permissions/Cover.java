package io.github.eksidentity.core.permissions;

/// Whether a statement covers a request, in Kleene's three values.
enum Cover {
  NO,
  PERHAPS,
  YES;

  Cover and(Cover other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Cover not() {
    return switch (this) {
      case NO -> YES;
      case PERHAPS -> PERHAPS;
      case YES -> NO;
    };
  }

  static Cover of(boolean value) {
    return value ? YES : NO;
  }
}
