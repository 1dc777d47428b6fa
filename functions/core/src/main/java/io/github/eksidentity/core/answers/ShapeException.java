package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.json.Position;

/// An answer is not what its documentation says. The message is part of a sentence for people, as
/// `"metadata" is missing`.
public final class ShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Position at;

  ShapeException(Position at, String message) {
    super(message);
    this.at = at;
  }

  /// Where in the answer.
  public Position at() {
    return at;
  }

  /// What is wrong there.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
