package io.github.eksidentity.cli;

/// The tool cannot go on. The message says in one sentence why, and what to do.
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String sentence) {
    super(sentence);
  }

  Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /// The message.
  String sentence() {
    return String.valueOf(getMessage());
  }
}
