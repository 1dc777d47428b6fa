package io.github.eksidentity.core.json;

import java.util.Optional;
import java.util.function.Function;

/// A member of an object is not what a reader expects.
///
/// @param at where the value stands; the object, where the value is missing
/// @param name the member's; of a value that is no member, what it is
/// @param expected as "a string"
/// @param found empty where the member is missing
public record JsonFault(
    Position at, Part part, String name, String expected, Optional<Json> found) {
  /// Names come from outside and may be of any length.
  private static final int LONGEST_NAME = 120;

  /// What the fault is about.
  public enum Part {
    /// A value that is no member of an object.
    WHOLE,
    /// The member's value.
    MEMBER,
    /// An item of the list that is the member's value.
    ITEM,
    /// The name, which stands twice in one object.
    NAME
  }

  /// What is wrong, as `"name" should be a string, not a list`. It quotes no value, which may be a
  /// secret.
  public String sentence() {
    return sentence(Json::kind);
  }

  /// What is wrong.
  ///
  /// @param shown how the value that was found is called
  public String sentence(Function<Json, String> shown) {
    return switch (part) {
      case WHOLE -> wrong(name, shown);
      case MEMBER -> wrong(quoted(), shown);
      case ITEM -> wrong("every item of " + quoted(), shown);
      case NAME -> quoted() + " stands twice in one object";
    };
  }

  private String wrong(String what, Function<Json, String> shown) {
    return found
        .map(value -> what + " should be " + expected + ", not " + shown.apply(value))
        .orElseGet(() -> what + " is missing");
  }

  private String quoted() {
    String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    return '"' + cut + '"';
  }
}
