package io.github.eksidentity.securityhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.securityhub.HubServer.Reply;
import io.github.eksidentity.securityhub.HubServer.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;

class ImportCallTest {
  private static final String FINDINGS =
      Asff.of(List.of(FindingChangeTest.OPENED), "aws", "eu-west-1");

  private final HubServer server = new HubServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private List<Refusal> send() {
    return server.call("eu-west-1").send(FINDINGS);
  }

  private void fails(Class<? extends SdkException> how, int attempts) {
    assertThrows(how, this::send);
    assertEquals(attempts, server.requests().size());
  }

  @Test
  void theRequestIsTheOneThatTheSdkMakes() {
    try (SecurityHubClient sdk = server.client("eu-west-1")) {
      sdk.batchImportFindings(it -> it.findings(SdkFindings.of(FINDINGS)));
    }
    send();
    Request theirs = server.requests().getFirst();
    Request ours = server.requests().getLast();
    assertEquals(SdkFindings.plain(theirs.body()), SdkFindings.plain(ours.body()));
    for (Function<Request, Object> part :
        List.<Function<Request, Object>>of(
            Request::method,
            Request::path,
            it -> it.headers().get("Content-Type"),
            it -> it.headers().get("X-Amz-Security-Token"),
            ImportCallTest::scope)) {
      assertEquals(part.apply(theirs), part.apply(ours));
    }
  }

  /// What a signature is for, without its time.
  private static String scope(Request request) {
    var credential =
        Pattern.compile("^AWS4-HMAC-SHA256 Credential=(\\w+)/\\d{8}/(\\S+), ")
            .matcher(request.headers().getFirst("Authorization"));
    assertTrue(credential.find(), "no signature");
    return credential.group(1) + "/" + credential.group(2);
  }

  @Test
  void thePathOfAnEndpointIsKept() {
    ImportCall call = server.call("eu-west-1");
    new ImportCall(
            call.http(),
            call.retries(),
            URI.create(server.endpoint() + "/behind/"),
            call.region(),
            call.credentials())
        .send(FINDINGS);
    assertEquals("/behind/findings/import", server.requests().getLast().path());
  }

  static Stream<Reply> passing() {
    return Stream.of(
        new Reply(429, "{\"Message\": \"slow down\"}"),
        new Reply(400, Map.of("x-amzn-ErrorType", "ThrottlingException"), "{}"),
        new Reply(400, "{\"Code\": \"RequestLimitExceeded\"}"),
        new Reply(500, "{\"Code\": \"InternalException\"}"),
        new Reply(502, "<html>bad gateway</html>"),
        new Reply(503, ""),
        new Reply(0, "the connection breaks"));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesIsTriedAgain(Reply reply) {
    server.next(reply, reply);
    assertEquals(List.of(), send());
    assertEquals(3, server.requests().size());
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatDoesNotPassIsGivenUp(Reply reply) {
    server.next(reply, reply, reply, reply);
    fails(SdkException.class, 3);
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    server.next(
        new Reply(403, Map.of("x-amzn-ErrorType", "AccessDeniedException"), "{}"),
        new Reply(200, HubServer.TAKEN));
    fails(AwsServiceException.class, 1);
  }

  /// The client that the function uses does not give the body of a 401.
  @Test
  void anAccountWithoutSecurityHubIsTold() {
    server.next(new Reply(401, Map.of("x-amzn-ErrorType", "InvalidAccessException"), "{}"));
    assertTrue(ImportAnswer.isNotEnabled(assertThrows(SdkException.class, this::send)));
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.next(new Reply(307, Map.of("Location", server.endpoint() + "/elsewhere"), ""));
    fails(AwsServiceException.class, 1);
  }

  @Test
  void anAnswerThatDoesNotEndIsNotReadToItsEnd() {
    server.next(new Reply(200, HubServer.TAKEN + " ".repeat(2 * ImportAnswer.LONGEST) + "!"));
    assertEquals(List.of(), send());
    server.next(new Reply(200, " ".repeat(2 * ImportAnswer.LONGEST) + HubServer.TAKEN));
    assertThrows(SdkClientException.class, this::send);
  }

  @Test
  void whoDoesNotListenIsNamedAsAFailure() {
    server.close();
    SdkException failure = assertThrows(SdkException.class, this::send);
    assertTrue(failure.toString().contains("cannot be called"), failure::toString);
  }
}
