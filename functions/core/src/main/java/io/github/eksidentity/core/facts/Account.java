package io.github.eksidentity.core.facts;

/// The account that was read.
///
/// @param id twelve digits
public record Account(String id, Partition partition) {
  public Account {
    if (!id.matches("\\d{12}")) {
      throw new IllegalArgumentException("an account id is twelve digits, not " + id);
    }
  }
}
