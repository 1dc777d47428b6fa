package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Partition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The SDK's clients, made when first asked for, all on one HTTP client. The adaptive retry
/// strategy slows down per client when AWS throttles, so there is one IAM client for the account
/// and one EKS client for each region.
@Singleton
final class Clients implements AutoCloseable {
  private final CollectOptions options;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Region firstRegion;
  private final Optional<ProfileFile> profiles;
  private final Map<String, EksClient> eks = new ConcurrentHashMap<>();
  private final Map<Partition, IamClient> iam = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();

  @Inject
  Clients(
      CollectOptions options,
      SdkHttpClient http,
      @Named("audit") AwsCredentialsProvider credentials,
      @Named("first") Region firstRegion,
      Optional<ProfileFile> profiles) {
    this.options = options;
    this.http = http;
    this.credentials = credentials;
    this.firstRegion = firstRegion;
    this.profiles = profiles;
  }

  StsClient sts() {
    return build(StsClient.builder(), firstRegion);
  }

  IamClient iam(Partition partition) {
    return iam.computeIfAbsent(
        partition, key -> build(IamClient.builder(), Region.of(key.id() + "-global")));
  }

  AccountClient account(Partition partition) {
    return build(AccountClient.builder(), Region.of(partition.homeRegion()));
  }

  EksClient eks(String region) {
    return eks.computeIfAbsent(region, name -> build(EksClient.builder(), Region.of(name)));
  }

  CloudTrailClient trail(String region) {
    return build(CloudTrailClient.builder(), Region.of(region));
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends AutoCloseable>
      C build(B builder, Region region) {
    C client =
        configure(builder, options, http, profiles, region)
            .credentialsProvider(credentials)
            .build();
    opened.add(client);
    return client;
  }

  /// Settings that all clients share.
  static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(
      B builder,
      CollectOptions options,
      SdkHttpClient http,
      Optional<ProfileFile> profiles,
      Region region) {
    ClientOverrideConfiguration.Builder overrides =
        ClientOverrideConfiguration.builder()
            .retryStrategy(
                AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                    .maxAttempts(options.attempts())
                    .build())
            .apiCallTimeout(options.callTimeout())
            .apiCallAttemptTimeout(options.attemptTimeout());
    profiles.ifPresent(overrides::defaultProfileFile);
    options.profile().ifPresent(overrides::defaultProfileName);
    B configured = builder.httpClient(http).region(region).overrideConfiguration(overrides.build());
    options.endpoint().ifPresent(configured::endpointOverride);
    return configured;
  }

  @Override
  public void close() {
    for (AutoCloseable client : opened) {
      try {
        client.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
