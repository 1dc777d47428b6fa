package io.github.eksidentity.core.policy.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A part of a value of a condition: plain text or a policy variable.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>.
public sealed interface ValuePiece {
  /// How a variable begins.
  String OPENING = "${";

  /// `key`, or `key, 'default'`: a comma and one space.
  Pattern REFERENCE = Pattern.compile("([^\\s,'{}$]+)(?:, '([^']*)')?");

  /// Text that stands for itself.
  record Plain(String text) implements ValuePiece {}

  /// A variable.
  ///
  /// @param inside what stands between `${` and `}`
  record Variable(String inside) implements ValuePiece {
    /// Whether it has a form that is documented.
    public boolean isWellFormed() {
      return isCharacter() || REFERENCE.matcher(inside).matches();
    }

    /// Whether it stands for the character itself: `${*}`, `${?}` or `${$}`.
    public boolean isCharacter() {
      return inside.equals("*") || inside.equals("?") || inside.equals("$");
    }
  }

  /// From a `${` that is never closed to the end.
  record Unclosed(String text) implements ValuePiece {}

  /// Whether there is a variable in a value, however badly it is written.
  static boolean hasVariable(String value) {
    return value.contains(OPENING);
  }

  /// The parts of a value, in order.
  static List<ValuePiece> of(String value) {
    List<ValuePiece> pieces = new ArrayList<>();
    int from = 0;
    while (true) {
      int open = value.indexOf(OPENING, from);
      pieces.add(new Plain(value.substring(from, open < 0 ? value.length() : open)));
      if (open < 0) {
        return pieces;
      }
      int close = value.indexOf('}', open);
      if (close < 0) {
        pieces.add(new Unclosed(value.substring(open)));
        return pieces;
      }
      pieces.add(new Variable(value.substring(open + OPENING.length(), close)));
      from = close + 1;
    }
  }
}
