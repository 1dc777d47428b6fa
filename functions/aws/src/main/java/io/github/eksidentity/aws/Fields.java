package io.github.eksidentity.aws;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the fields of the SDK's answers, any of which may be null.
final class Fields {
  private Fields() {}

  /// A field that every complete answer has.
  ///
  /// @throws MalformedAnswerException where it is missing
  static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new MalformedAnswerException("the answer lacks " + name);
    }
    return value;
  }

  /// A list that every complete answer has, if only an empty one.
  ///
  /// @param present the SDK's word on whether the answer had it; the SDK's list is never null
  /// @throws MalformedAnswerException where it is missing
  static <T> List<T> required(boolean present, List<T> items, String name) {
    if (!present) {
      throw new MalformedAnswerException("the answer lacks " + name);
    }
    return items;
  }

  static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /// The text unless it is missing or empty.
  static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }
}
