package io.github.eksidentity.cli.console;

import java.util.List;

/// The tool cannot go on. The message says in one sentence why, and what to do; of several things
/// that are wrong, in one sentence each.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> sentences;

  public Failure(String sentence) {
    super(sentence);
    this.sentences = List.of(sentence);
  }

  public Failure(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentences = List.of(sentence);
  }

  /// @param sentences one or more
  public Failure(List<String> sentences) {
    super(String.join("; ", sentences));
    this.sentences = List.copyOf(sentences);
  }

  /// The message.
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /// What is wrong, to be said one a line.
  public List<String> sentences() {
    return sentences;
  }
}
