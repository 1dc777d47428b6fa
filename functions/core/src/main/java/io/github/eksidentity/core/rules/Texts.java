package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.policy.Text;
import java.util.List;
import java.util.stream.Collectors;

/// Values of a policy as a reader sees them.
final class Texts {
  private Texts() {}

  /// The values, separated by commas.
  static String join(List<Text> values) {
    return values.stream().map(Text::value).collect(Collectors.joining(", "));
  }
}
