package io.github.eksidentity.securityhub;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Clients of Security Hub. It takes findings of an account from that account only, so that the
/// member role of other accounts is assumed; its credentials live as long as one event.
final class Hubs implements AutoCloseable {
  private final Own own;
  private final Optional<String> memberRole;
  private final Optional<String> externalId;
  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final Map<String, AwsCredentialsProvider> credentials = new HashMap<>();

  /// @param memberRole name of the role to assume in other accounts
  /// @param externalId what its trust asks for
  Hubs(Own own, Optional<String> memberRole, Optional<String> externalId) {
    this.own = own;
    this.memberRole = memberRole;
    this.externalId = externalId;
  }

  /// Whether findings of the account can be imported at all.
  boolean reaches(String account) {
    return account.equals(own.account()) || memberRole.isPresent();
  }

  /// @throws software.amazon.awssdk.core.exception.SdkException where the role cannot be assumed
  SecurityHubClient of(String account, String region) {
    return SecurityHubClient.builder()
        .httpClient(http)
        .region(Region.of(region))
        .credentialsProvider(credentials.computeIfAbsent(account, this::credentials))
        .build();
  }

  private AwsCredentialsProvider credentials(String account) {
    AwsCredentialsProvider mine = EnvironmentVariableCredentialsProvider.create();
    if (account.equals(own.account())) {
      return mine;
    }
    String role =
        "arn:%s:iam::%s:role/%s".formatted(own.partition(), account, memberRole.orElseThrow());
    try (StsClient sts =
        StsClient.builder()
            .httpClient(http)
            .region(Region.of(own.region()))
            .credentialsProvider(mine)
            .build()) {
      Credentials given =
          sts.assumeRole(
                  request ->
                      request
                          .roleArn(role)
                          .roleSessionName("eks-identity-auditor-securityhub")
                          .externalId(externalId.orElse(null))
                          .durationSeconds(900))
              .credentials();
      return StaticCredentialsProvider.create(
          AwsSessionCredentials.create(
              given.accessKeyId(), given.secretAccessKey(), given.sessionToken()));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
