package io.github.eksidentity.aws;

/// An answer of AWS lacks what it must have. Such an answer may be cut short, so nothing of it
/// counts as read.
final class MalformedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
