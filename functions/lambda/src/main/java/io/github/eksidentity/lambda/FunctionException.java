package io.github.eksidentity.lambda;

import java.util.Objects;

/// The function cannot do what the event asks. Lambda tries the event again and then puts it into
/// the dead-letter queue together with the message, which therefore says what to do and holds
/// nothing secret.
public final class FunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A failure that no other exception caused.
  ///
  /// @param message one sentence for the person who runs the stack
  public FunctionException(String message) {
    super(message);
  }

  /// A failure with its cause.
  ///
  /// @param message one sentence for the person who runs the stack
  public FunctionException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
