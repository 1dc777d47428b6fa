package io.github.eksidentity.aws;

import io.github.eksidentity.aws.ReadProblem.Kind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// Says in plain words why a call failed.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.
final class Failures {
  private static final Set<String> GONE =
      Set.of("ResourceNotFoundException", "NoSuchEntity", "NoSuchEntityException");
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "UnauthorizedOperation",
          "NotAuthorized",
          "NotAuthorizedException");
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");
  private static final Set<String> NOT_ENABLED =
      Set.of(
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "AuthFailure",
          "OptInRequired",
          "RegionDisabledException");

  /// How the SDK begins a message that then names every place where it looked.
  private static final String NO_CREDENTIALS = "Unable to load credentials from any of";

  private Failures() {}

  /// What came of a call that ended in this exception.
  static <T> CallOutcome<T> answer(ApiAction action, RuntimeException failure) {
    if (failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
      AwsErrorDetails details = refused.awsErrorDetails();
      String code = Fields.orEmpty(details.errorCode());
      ReadProblem problem = refused(action, refused, code, oneLine(details.errorMessage()));
      return GONE.contains(code)
          ? new CallOutcome.Gone<>(problem)
          : new CallOutcome.Failed<>(problem);
    }
    return new CallOutcome.Failed<>(ReadProblem.other(unanswered(action, failure)));
  }

  private static ReadProblem refused(
      ApiAction action, AwsServiceException refused, String code, String message) {
    String call = action.permission();
    String said = message.isEmpty() ? "" : ": " + message;
    if (DENIED.contains(code)) {
      return new ReadProblem(Kind.DENIED, call + " is not allowed" + said, Optional.of(call));
    }
    if (EXPIRED.contains(code)) {
      return new ReadProblem(
          Kind.EXPIRED,
          "the credentials expired (" + code + "); renew them and audit again",
          Optional.empty());
    }
    if (NOT_ENABLED.contains(code)) {
      return new ReadProblem(
          Kind.NOT_ENABLED,
          call
              + " does not accept the credentials ("
              + code
              + "); session tokens of the global STS endpoint are not valid in opt-in regions",
          Optional.empty());
    }
    if (refused.isThrottlingException()) {
      return ReadProblem.other(call + " was throttled until the retries were used up" + said);
    }
    if (code.isEmpty() && refused.statusCode() == 404) {
      return ReadProblem.other("the endpoint does not know " + call + " (HTTP 404)");
    }
    String what = code.isEmpty() ? "HTTP " + refused.statusCode() : code;
    return ReadProblem.other(call + " failed with " + what + said);
  }

  private static String unanswered(ApiAction action, RuntimeException failure) {
    String call = action.permission();
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException) {
      return call + " did not answer in time";
    }
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = oneLine(cause.getMessage());
    if (message.startsWith(NO_CREDENTIALS)) {
      return "there are no AWS credentials; name a profile, or sign in and set AWS_PROFILE";
    }
    String said = message.isEmpty() ? "" : ": " + message;
    return cause instanceof MalformedAnswerException
        ? call + " gave an incomplete answer" + said
        : call + " gave no usable answer (" + cause.getClass().getSimpleName() + said + ")";
  }

  private static String oneLine(@Nullable String message) {
    return Fields.orEmpty(message).strip().replaceAll("\\s+", " ");
  }
}
