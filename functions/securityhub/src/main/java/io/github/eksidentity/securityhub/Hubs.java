package io.github.eksidentity.securityhub;

import io.github.eksidentity.lambda.Environment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Security Hub of each account and region. It takes findings of an account from that account only,
/// so that the member role of other accounts is assumed; its credentials live as long as one event.
final class Hubs implements AutoCloseable {
  private final Own own;
  private final Environment environment;
  private final Optional<String> memberRole;
  private final Optional<String> externalId;

  /// Three attempts without an answer leave time of the minute that the function has.
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder()
          .connectionTimeout(Duration.ofSeconds(2))
          .socketTimeout(Duration.ofSeconds(15))
          .build();

  private final StandardRetryStrategy retries = AwsRetryStrategy.standardRetryStrategy();
  private final Map<String, AwsCredentialsProvider> credentials = new HashMap<>();

  /// @param environment may name the role to assume in other accounts, and what its trust asks for
  Hubs(Own own, Environment environment) {
    this.own = own;
    this.environment = environment;
    memberRole = environment.optional("MEMBER_ROLE_NAME");
    externalId = environment.optional("EXTERNAL_ID");
  }

  /// Whether findings of the account can be imported at all.
  boolean reaches(String account) {
    return account.equals(own.account()) || memberRole.isPresent();
  }

  /// @throws software.amazon.awssdk.core.exception.SdkException where the role cannot be assumed
  ImportCall of(String account, String region) {
    return new ImportCall(
        http,
        retries,
        Endpoint.of(region, environment),
        region,
        credentials.computeIfAbsent(account, this::credentials));
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
