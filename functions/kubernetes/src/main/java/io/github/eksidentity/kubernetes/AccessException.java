package io.github.eksidentity.kubernetes;

/// It is not known how to reach a cluster, or it must not be reached. The message is a sentence for
/// people without a full stop.
public final class AccessException extends Exception {
  private static final long serialVersionUID = 1L;

  public AccessException(String message) {
    super(message);
  }

  /// The sentence.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
