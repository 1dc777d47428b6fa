package io.github.eksidentity.securityhub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.testbed.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;

/// moto computes signatures itself, with botocore, once it is told to check them.
class SignatureTest {
  private static final String FINDINGS =
      Asff.of(List.of(FindingChangeTest.OPENED), "aws", "eu-west-1");

  private final HttpClient http = HttpClient.newHttpClient();
  private MotoServer moto = MotoServer.NONE;

  @BeforeEach
  void start() {
    assumeTrue(MotoServer.isInstalled(), MotoServer.MISSING);
    moto = MotoServer.start();
  }

  @AfterEach
  void stop() {
    http.close();
    moto.close();
  }

  private String post(String path, String type, String body)
      throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(moto.endpoint() + path))
                .header("Content-Type", type)
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=X/20260101/us-east-1/iam/aws4_request,"
                        + " Signature=x")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private String iam(String query) throws IOException, InterruptedException {
    return post("/", "application/x-www-form-urlencoded", "Version=2010-05-08&" + query);
  }

  /// @param actions how many are done without a look at their signatures
  private void checkSignaturesAfter(int actions) throws IOException, InterruptedException {
    post("/moto-api/reset-auth", "text/plain", Integer.toString(actions));
  }

  private static String element(String xml, String name) {
    var found = Pattern.compile("<" + name + ">([^<]+)<").matcher(xml);
    assertTrue(found.find(), xml);
    return found.group(1);
  }

  /// A key that may do nothing but import.
  private AwsBasicCredentials key() throws IOException, InterruptedException {
    iam("Action=CreateUser&UserName=hub");
    iam(
        "Action=PutUserPolicy&UserName=hub&PolicyName=import&PolicyDocument="
            + "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"securityhub:BatchImportFindings\",\"Resource\":\"*\"}]}");
    String key = iam("Action=CreateAccessKey&UserName=hub");
    return AwsBasicCredentials.create(element(key, "AccessKeyId"), element(key, "SecretAccessKey"));
  }

  private List<Refusal> send(AwsBasicCredentials key) {
    return new ImportCall(
            UrlConnectionHttpClient.create(),
            HubServer.RETRIES,
            moto.endpoint(),
            "eu-west-1",
            StaticCredentialsProvider.create(key))
        .send(FINDINGS);
  }

  private List<AwsSecurityFinding> stored(AwsBasicCredentials key) {
    try (SecurityHubClient sdk =
        SecurityHubClient.builder()
            .endpointOverride(moto.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(key))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      return sdk.getFindings(_ -> {}).findings();
    }
  }

  @Test
  void onlyTheRightKeyImports() throws IOException, InterruptedException {
    AwsBasicCredentials key = key();
    checkSignaturesAfter(0);
    AwsServiceException refused =
        assertThrows(
            AwsServiceException.class,
            () -> send(AwsBasicCredentials.create(key.accessKeyId(), "another")));
    assertEquals(403, refused.statusCode(), refused::getMessage);
    assertEquals(List.of(), send(key));
    checkSignaturesAfter(1000);
    assertEquals(SdkFindings.of(FINDINGS), stored(key));
  }
}
