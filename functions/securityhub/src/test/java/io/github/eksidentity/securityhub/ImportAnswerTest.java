package io.github.eksidentity.securityhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpFullResponse;

class ImportAnswerTest {
  private static List<Refusal> refusals(int status, Map<String, String> headers, String body) {
    SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder().statusCode(status);
    headers.forEach(response::putHeader);
    return ImportAnswer.refusals(response.build(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static AwsServiceException error(int status, Map<String, String> headers, String body) {
    return assertThrows(AwsServiceException.class, () -> refusals(status, headers, body));
  }

  @Test
  void eachFindingThatIsNotTakenIsNamed() {
    assertEquals(
        List.of(new Refusal("a/b", "InvalidInput", "no such type")),
        refusals(
            200,
            Map.of(),
            """
            {"FailedCount": 1, "SuccessCount": 1, "FailedFindings": [
              {"Id": "a/b", "ErrorCode": "InvalidInput", "ErrorMessage": "no such type"}]}
            """));
  }

  @Test
  void findingsThatAreNotTakenAndNotNamedAreAFailure() {
    assertThrows(
        SdkClientException.class,
        () -> refusals(200, Map.of(), "{\"FailedCount\": 2, \"FailedFindings\": [{}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "<html>ok</html>",
        "{\"FailedCount\": ",
        "{\"FailedCount\": \"0\"}",
        "{\"FailedCount\": 1e99}"
      })
  void whatDoesNotCountIsNoAnswer(String body) {
    assertThrows(SdkClientException.class, () -> refusals(200, Map.of(), body));
  }

  @Test
  void nestingIsBounded() {
    assertThrows(
        SdkClientException.class, () -> refusals(200, Map.of(), "[".repeat(ImportAnswer.LONGEST)));
  }

  @Test
  void anErrorIsReadWhereverItStands() {
    Map<String, String> none = Map.of();
    for (AwsServiceException error :
        List.of(
            error(
                401,
                Map.of("x-amzn-ErrorType", "InvalidAccessException:http://internal/"),
                "{\"message\": \"not subscribed\"}"),
            error(
                401,
                none,
                "{\"__type\": \"hub#InvalidAccessException\", \"message\": \"not subscribed\"}"),
            error(
                401,
                none,
                "{\"Code\": \"InvalidAccessException\", \"Message\": \"not subscribed\"}"))) {
      assertEquals("InvalidAccessException", error.awsErrorDetails().errorCode());
      assertEquals("not subscribed", error.awsErrorDetails().errorMessage());
      assertEquals(401, error.statusCode());
      assertTrue(ImportAnswer.isNotEnabled(error));
    }
  }

  @Test
  void anErrorSaysWhoRefusedWhat() {
    assertEquals(
        "denied (Service: SecurityHub, Status Code: 403, Request ID: 42)",
        error(
                403,
                Map.of("x-amzn-RequestId", "42", "x-amzn-ErrorType", "AccessDeniedException"),
                "{\"Message\": \"denied\"}")
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>busy</html>", "[]", "{\"Message\": 1}"})
  void anErrorWithoutWordsIsItsStatus(String body) {
    AwsServiceException error = error(503, Map.of(), body);
    assertEquals(503, error.statusCode());
    assertFalse(ImportAnswer.isNotEnabled(error));
  }

  @Test
  void wordsAreCut() {
    String endless = "x".repeat(100_000);
    AwsServiceException error = error(400, Map.of(), "{\"Message\": \"" + endless + "\"}");
    assertTrue(error.toString().length() < 1200, error::toString);
    Refusal refusal =
        refusals(
                200,
                Map.of(),
                "{\"FailedCount\": 1, \"FailedFindings\": [{\"Id\": \"" + endless + "\"}]}")
            .getFirst();
    assertTrue(refusal.toString().length() < 1200, refusal::toString);
  }
}
