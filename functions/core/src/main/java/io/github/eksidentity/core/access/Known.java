package io.github.eksidentity.core.access;

/// A yes or no that may not be known.
public enum Known {
  YES,
  NO,
  UNKNOWN
}
