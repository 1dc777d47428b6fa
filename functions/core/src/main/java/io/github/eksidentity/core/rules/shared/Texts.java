package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.policy.tree.Text;
import java.util.List;
import java.util.stream.Collectors;

/// Values of a policy as a reader sees them.
public final class Texts {
  private Texts() {}

  /// The values, separated by commas.
  public static String join(List<Text> values) {
    return values.stream().map(Text::value).collect(Collectors.joining(", "));
  }
}
