package io.github.eksidentity.alert;

import dagger.Module;
import dagger.Provides;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.dynamodb.TableStore;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.report.alert.FindingsPlace;
import java.time.InstantSource;
import javax.inject.Singleton;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;

/// What AlertFunction is made of.
@Module
final class AlertModule {
  private AlertModule() {}

  @Provides
  @Singleton
  static SdkHttpClient http() {
    return UrlConnectionHttpClient.create();
  }

  @Provides
  @Singleton
  static Region region(Environment environment) {
    return Region.of(environment.required("AWS_REGION"));
  }

  @Provides
  @Singleton
  static FindingStore store(SdkHttpClient http, Region region, Environment environment) {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .httpClient(http)
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .region(region)
            .build();
    return new TableStore(client, environment.required("TABLE_NAME"));
  }

  @Provides
  @Singleton
  static Publisher publisher(SdkHttpClient http, Region region, Environment environment) {
    SnsClient sns =
        SnsClient.builder()
            .httpClient(http)
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .region(region)
            .build();
    return new Publisher(sns, environment.required("TOPIC_ARN"));
  }

  @Provides
  @Singleton
  static AlertFunction function(
      FindingStore store,
      Publisher publisher,
      Region region,
      Environment environment,
      InstantSource clock,
      JsonLog log) {
    return new AlertFunction(
        store,
        publisher,
        new FindingsPlace.Table(region.id(), environment.required("TABLE_NAME")),
        new AlertFunction.Options(environment.flag("HEARTBEAT"), Reminders.of(environment)),
        clock,
        log);
  }
}
