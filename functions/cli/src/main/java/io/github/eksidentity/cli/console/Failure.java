package io.github.eksidentity.cli.console;

/// The tool cannot go on. The message says in one sentence why, and what to do.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Failure(String sentence) {
    super(sentence);
  }

  public Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /// The message.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
