package io.github.eksidentity.slack;

import dagger.Module;
import dagger.Provides;
import io.github.eksidentity.lambda.Environment;
import java.net.http.HttpClient;
import java.time.Duration;
import javax.inject.Singleton;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;

/// What SlackFunction needs from outside.
@Module
final class SlackModule {
  private SlackModule() {}

  @Provides
  @Singleton
  static SsmClient ssm(Environment environment) {
    return SsmClient.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .region(Region.of(environment.required("AWS_REGION")))
        .build();
  }

  @Provides
  @Singleton
  static WebhookSecret secret(SsmClient ssm, Environment environment) {
    boolean emulated =
        environment
            .optional("AWS_ENDPOINT_URL_SSM")
            .or(() -> environment.optional("AWS_ENDPOINT_URL"))
            .filter(WebhookUrl::isEmulator)
            .isPresent();
    return new WebhookSecret(ssm, environment.required("WEBHOOK_PARAMETER"), emulated);
  }

  /// Follows no redirect: the message is for Slack alone.
  @Provides
  @Singleton
  static Webhook webhook() {
    return new Webhook(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build());
  }
}
