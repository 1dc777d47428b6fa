package io.github.eksidentity.core.policy.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names of condition keys, without regard to letter case. Made once and asked for each condition
/// of each request.
///
/// @param names whole names, in lower case
/// @param beginnings what names may begin with, in lower case
public record KeyNames(Set<String> names, List<String> beginnings) {
  /// No key at all.
  public static final KeyNames NONE = of();

  public KeyNames {
    names = Set.copyOf(names);
    beginnings = List.copyOf(beginnings);
  }

  /// The keys of these names.
  ///
  /// @param names a name that ends in `*` stands for all that begin so
  public static KeyNames of(String... names) {
    return new KeyNames(Set.of(), List.of()).and(names);
  }

  /// These and others.
  public KeyNames and(String... more) {
    Set<String> all = new HashSet<>(names);
    List<String> begin = new ArrayList<>(beginnings);
    for (String name : more) {
      String folded = name.toLowerCase(Locale.ROOT);
      if (folded.endsWith("*")) {
        begin.add(folded.substring(0, folded.length() - 1));
      } else {
        all.add(folded);
      }
    }
    return new KeyNames(all, begin);
  }

  /// Whether a key is one of them.
  public boolean contains(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    if (names.contains(folded)) {
      return true;
    }
    for (String beginning : beginnings) {
      if (folded.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
