package io.github.eksidentity.aws;

import dagger.Module;
import dagger.Provides;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Named;
import javax.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/// What the collectors' graph needs of the SDK.
@Module
final class CollectorModule {
  private static final String CONNECTIONS = "http.maxConnections";

  private CollectorModule() {}

  /// One HTTP client for all services. The JDK keeps only five idle connections to a host unless
  /// told otherwise, fewer than there are calls in flight.
  @Provides
  @Singleton
  static SdkHttpClient http() {
    if (System.getProperty(CONNECTIONS) == null) {
      System.setProperty(CONNECTIONS, "64");
    }
    return UrlConnectionHttpClient.builder().connectionTimeout(Duration.ofSeconds(10)).build();
  }

  /// The shared configuration files, read once instead of by every client.
  @Provides
  @Singleton
  static Optional<ProfileFile> profiles() {
    return Optional.of(ProfileFile.defaultProfileFile());
  }

  /// The region in which the caller's identity is asked for: it decides the partition.
  @Provides
  @Singleton
  @Named("first")
  static Region firstRegion(CollectOptions options, Optional<ProfileFile> profiles) {
    // one that does not exist has no endpoint that could say so
    Optional<Region> asked =
        options.regions().stream()
            .map(Region::of)
            .filter(region -> RegionMetadata.of(region) != null)
            .findFirst();
    if (asked.isPresent()) {
      return asked.get();
    }
    String profile =
        options.profile().orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(),
              new AwsProfileRegionProvider(profiles::orElseThrow, profile))
          .getRegion();
    } catch (SdkClientException _) {
      return Region.US_EAST_1;
    }
  }

  @Provides
  @Singleton
  @Named("audit")
  static AwsCredentialsProvider credentials(
      CollectOptions options,
      SdkHttpClient http,
      Optional<ProfileFile> profiles,
      @Named("first") Region firstRegion) {
    AwsCredentialsProvider own = own(options.profile(), profiles);
    return options
        .role()
        .map(role -> assume(role, options, http, profiles, firstRegion, own))
        .orElse(own);
  }

  /// A profile that is named stands before the environment's credentials, as in the AWS CLI: they
  /// may be of another account.
  private static AwsCredentialsProvider own(
      Optional<String> profile, Optional<ProfileFile> profiles) {
    if (profile.isPresent()) {
      ProfileCredentialsProvider.Builder named =
          ProfileCredentialsProvider.builder().profileName(profile.get());
      profiles.ifPresent(named::profileFile);
      return named.build();
    }
    DefaultCredentialsProvider.Builder source = DefaultCredentialsProvider.builder();
    profiles.ifPresent(source::profileFile);
    return source.build();
  }

  private static AwsCredentialsProvider assume(
      CollectOptions.RoleToAssume role,
      CollectOptions options,
      SdkHttpClient http,
      Optional<ProfileFile> profiles,
      Region firstRegion,
      AwsCredentialsProvider own) {
    StsClient sts =
        Clients.configure(StsClient.builder(), options, http, profiles, firstRegion)
            .credentialsProvider(own)
            .build();
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder().roleArn(role.arn()).roleSessionName(role.sessionName());
    role.externalId().ifPresent(request::externalId);
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(request.build())
        .build();
  }
}
