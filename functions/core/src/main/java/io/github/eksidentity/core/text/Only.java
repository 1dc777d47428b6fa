package io.github.eksidentity.core.text;

import java.util.Collection;
import java.util.Optional;

/// The one of several that leaves no choice.
public final class Only {
  private Only() {}

  /// The only one there is; empty where there is none or a choice.
  public static <T> Optional<T> of(Collection<? extends T> all) {
    return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
  }
}
