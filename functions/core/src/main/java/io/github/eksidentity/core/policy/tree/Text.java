package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;
import java.util.List;
import java.util.stream.Collectors;

/// A string of a policy and where it stands.
///
/// @param value as written, unescaped; a boolean or number is kept in the letters of its source
/// @param at where the value begins
public record Text(String value, Position at) {
  /// The values as a reader sees them, separated by commas.
  public static String join(List<Text> values) {
    return values.stream().map(Text::value).collect(Collectors.joining(", "));
  }
}
