package io.github.eksidentity.securityhub;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What Security Hub answers to a call.
///
/// Documented at
/// <https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html>.
final class ImportAnswer {
  /// More than it says about the findings of one call.
  static final int LONGEST = 1024 * 1024;

  private static final int LONGEST_TEXT = 1000;

  private ImportAnswer() {}

  /// The findings that were not taken of a call that was.
  ///
  /// @param body at most [#LONGEST] bytes
  /// @throws AwsServiceException where Security Hub did not take the call
  /// @throws SdkClientException where this is no answer of Security Hub
  static List<Refusal> refusals(SdkHttpResponse response, byte[] body) {
    Optional<Json> json = Event.parse(new String(body, StandardCharsets.UTF_8));
    if (!response.isSuccessful()) {
      throw error(response, json);
    }
    List<Refusal> refusals =
        json.stream()
            .flatMap(it -> JsonPath.items(it, "FailedFindings").stream())
            .map(ImportAnswer::refusal)
            .toList();
    long refused =
        json.flatMap(it -> JsonPath.number(it, "FailedCount"))
            .orElseThrow(() -> SdkClientException.create("This is no answer of Security Hub."));
    if (refused > refusals.size()) {
      throw SdkClientException.create(
          "Security Hub did not take %d findings and names %d of them."
              .formatted(refused, refusals.size()));
    }
    return refusals;
  }

  /// Whether a call failed because the account does not use Security Hub.
  static boolean isNotEnabled(SdkException failure) {
    return failure instanceof AwsServiceException refused
        && refused.awsErrorDetails() != null
        && "InvalidAccessException".equals(refused.awsErrorDetails().errorCode());
  }

  private static Refusal refusal(Json item) {
    return new Refusal(text(item, "Id"), text(item, "ErrorCode"), text(item, "ErrorMessage"));
  }

  private static String text(Json item, String name) {
    return JsonPath.text(item, name).map(ImportAnswer::cut).orElse("?");
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  private static AwsServiceException error(SdkHttpResponse response, Optional<Json> body) {
    String code =
        response
            .firstMatchingHeader("x-amzn-errortype")
            .or(() -> first(body, "__type", "Code", "code"))
            .map(it -> it.substring(it.indexOf('#') + 1).replaceFirst(":.*", ""))
            .orElse("no code");
    return AwsServiceException.builder()
        .statusCode(response.statusCode())
        .requestId(response.firstMatchingHeader("x-amzn-requestid").orElse(null))
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("SecurityHub")
                .errorCode(code)
                .errorMessage(first(body, "Message", "message").orElse(code))
                .build())
        .build();
  }

  private static Optional<String> first(Optional<Json> body, String... names) {
    return Stream.of(names)
        .flatMap(name -> body.flatMap(it -> JsonPath.text(it, name)).stream())
        .findFirst()
        .map(ImportAnswer::cut);
  }
}
