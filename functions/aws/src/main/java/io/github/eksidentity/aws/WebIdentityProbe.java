package io.github.eksidentity.aws;

import io.github.eksidentity.core.probe.ProbeOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.StsException;

/// Asks STS for a role with a token of a service account, as a pod's SDK does, to see whether it
/// gets in. The session may do nothing and ends as soon as STS lets it; its credentials are never
/// looked at.
///
/// Documented at
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>.
public final class WebIdentityProbe {
  /// An explicit denial also stands against policies of resources that name the session.
  private static final String DENY_ALL =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}\
      """;

  private static final int SHORTEST_SECONDS = 900;
  private static final String SESSION = "eks-identity-probe";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private WebIdentityProbe() {}

  /// Asks once. The call is not signed: the token alone says who asks.
  ///
  /// @param region whose STS is asked, as the pods of its clusters do
  /// @param endpoint of STS, where it is not AWS's own
  public static ProbeOutcome assume(
      String region, Optional<URI> endpoint, String roleArn, String token) {
    try (SdkHttpClient http =
            UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).build();
        StsClient sts = client(http, region, endpoint)) {
      sts.assumeRoleWithWebIdentity(
          with ->
              with.roleArn(roleArn)
                  .roleSessionName(SESSION)
                  .webIdentityToken(token)
                  .policy(DENY_ALL)
                  .durationSeconds(SHORTEST_SECONDS));
      return new ProbeOutcome.Proved();
    } catch (StsException e) {
      return refused(e, token);
    } catch (SdkClientException e) {
      return new ProbeOutcome.NotTried(
          "STS in " + region + " was not reached: " + e.getClass().getSimpleName());
    }
  }

  private static StsClient client(SdkHttpClient http, String region, Optional<URI> endpoint) {
    StsClientBuilder builder =
        StsClient.builder()
            .httpClient(http)
            .region(Region.of(region))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(
                with ->
                    with.apiCallTimeout(PATIENCE.multipliedBy(3)).apiCallAttemptTimeout(PATIENCE));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /// STS may quote what it refuses.
  private static ProbeOutcome refused(StsException e, String token) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
    String code = details.map(AwsErrorDetails::errorCode).orElse("");
    String message =
        details.map(AwsErrorDetails::errorMessage).orElse("").replace(token, "<token>");
    return e.statusCode() >= 500 || e.isThrottlingException() || code.isEmpty()
        ? new ProbeOutcome.NotTried("STS did not answer the question (HTTP " + e.statusCode() + ")")
        : new ProbeOutcome.Refused(code, message);
  }
}
