package io.github.eksidentity.kubernetes;

/// Carries the reason out of a request.
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Unreadable reason;

  UnreadableException(Unreadable reason) {
    super(reason.toString());
    this.reason = reason;
  }

  Unreadable reason() {
    return reason;
  }
}
