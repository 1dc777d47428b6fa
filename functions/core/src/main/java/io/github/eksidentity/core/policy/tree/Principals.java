package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;
import java.util.List;

/// The Principal or NotPrincipal element of a statement.
///
/// @param negated true for NotPrincipal
/// @param everyone true where the element is the string `"*"`; entries are then empty
/// @param entries the principals of an object, in order
/// @param at where the element's value begins
public record Principals(boolean negated, boolean everyone, List<Principal> entries, Position at) {
  public Principals {
    entries = List.copyOf(entries);
  }

  /// The values of one kind, in order.
  public List<Principal> of(PrincipalKind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).toList();
  }
}
