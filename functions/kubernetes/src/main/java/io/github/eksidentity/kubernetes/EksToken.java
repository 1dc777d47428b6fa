package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Partition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// The bearer token with which a cluster of EKS lets a caller of AWS in: a signed request for the
/// caller's identity, which the cluster sends to STS itself. Whoever holds it is the caller towards
/// that cluster for a quarter of an hour, so it is neither logged nor kept.
///
/// Documented at
/// <https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster>.
public final class EksToken {
  /// How long a cluster takes a token, whatever its own expiry says.
  static final Duration LIFETIME = Duration.ofMinutes(14);

  private static final String PREFIX = "k8s-aws-v1.";
  private static final String CLUSTER_HEADER = "x-k8s-aws-id";
  private static final Duration EXPIRY = Duration.ofSeconds(60);

  private EksToken() {}

  /// A token for a cluster.
  ///
  /// @param cluster its name, not its ARN
  /// @param clock the time of the signature
  public static String of(
      AwsCredentialsIdentity credentials, String region, String cluster, Clock clock) {
    URI sts =
        URI.create("https://sts." + region + "." + Partition.ofRegion(region).dnsSuffix() + "/");
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(sts)
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader(CLUSTER_HEADER, cluster)
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                with ->
                    with.identity(credentials)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, EXPIRY)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(signed.request().getUri().toString().getBytes(StandardCharsets.UTF_8));
  }
}
