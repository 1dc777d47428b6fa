package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

final class EksAccessTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T06:00:00Z"), ZoneOffset.UTC);

  @Test
  void theTokenIsWhatTheClustersAuthenticatorAccepts() {
    String token =
        EksToken.of(
            AwsCredentialsIdentity.create("AKIAIOSFODNN7EXAMPLE", "secret"),
            "eu-west-1",
            "prod",
            CLOCK);
    assertTrue(token.length() <= 4096);
    assertTrue(token.startsWith("k8s-aws-v1."));
    String url =
        new String(
            Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length())),
            StandardCharsets.UTF_8);
    URI signed = URI.create(url);
    assertEquals("https", signed.getScheme());
    assertEquals("sts.eu-west-1.amazonaws.com", signed.getHost());
    String query = signed.getQuery();
    assertTrue(query.contains("Action=GetCallerIdentity"), query);
    assertTrue(query.contains("Version=2011-06-15"), query);
    assertTrue(query.contains("X-Amz-SignedHeaders=host;x-k8s-aws-id"), query);
    assertTrue(query.contains("X-Amz-Expires=60"), query);
    assertTrue(query.contains("X-Amz-Date=20261120T060000Z"), query);
    assertTrue(
        query.contains("X-Amz-Credential=AKIAIOSFODNN7EXAMPLE/20261120/eu-west-1/sts/aws4_request"),
        query);
  }

  @ParameterizedTest
  @CsvSource({
    "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com, eu-west-1",
    "https://0123ABCD.sk1.cn-north-1.eks.amazonaws.com.cn, cn-north-1",
    "https://0123ABCD.gr7.eks-cluster.us-west-2.api.aws, us-west-2",
  })
  void endpointsOfEksAreCalled(String endpoint, String region) throws AccessException {
    assertEquals(URI.create(endpoint), EksAccess.endpoint(endpoint, region));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
        "https://0123ABCD.gr7.us-east-1.eks.amazonaws.com",
        "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com.evil.example",
        "https://evil.example/0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
        "https://user@0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
        "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com:8443",
        "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com/x?y",
        "https://169.254.169.254",
        "https://localhost",
        "not a url",
        ""
      })
  void noOtherHostGetsAToken(String endpoint) {
    AccessException refused =
        assertThrows(AccessException.class, () -> EksAccess.endpoint(endpoint, "eu-west-1"));
    assertTrue(refused.problem().contains("was not called"));
  }
}
