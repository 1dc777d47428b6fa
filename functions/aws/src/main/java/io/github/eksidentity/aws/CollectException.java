package io.github.eksidentity.aws;

/// Nothing of the account can be read: the message says in one sentence why, and what to do.
public final class CollectException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message one sentence for the user
  public CollectException(String message) {
    super(message);
  }
}
