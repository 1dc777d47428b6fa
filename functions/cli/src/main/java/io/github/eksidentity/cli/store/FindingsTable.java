package io.github.eksidentity.cli.store;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.StoreException;
import io.github.eksidentity.dynamodb.TableStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// A store in a table of DynamoDB. The only class that touches its SDK, so that nothing of it is
/// loaded for a store in files.
final class FindingsTable {
  /// Facts are read before a run begins, so that it only writes. That takes minutes for thousands
  /// of findings.
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final FindingStore store;
  private final String name;
  private final Region region;

  private FindingsTable(DynamoDbClient client, String name, Region region) {
    this.store = new TableStore(client, name);
    this.name = name;
    this.region = region;
  }

  /// Opens the table.
  ///
  /// @throws Failure if no region is known; the store's methods if the table cannot be reached
  static StoreOptions.Open open(String name, TableAccess access) {
    Region region = region(access);
    DynamoDbClient client = client(access, region);
    FindingStore told = new FindingsTable(client, name, region).telling();
    return new StoreOptions.Open(told, LEASE, client::close);
  }

  private static Region region(TableAccess access) {
    try {
      return access
          .region()
          .map(Region::of)
          .orElseGet(
              () -> {
                DefaultAwsRegionProviderChain.Builder chain =
                    DefaultAwsRegionProviderChain.builder();
                access.profile().ifPresent(chain::profileName);
                return chain.build().getRegion();
              });
    } catch (SdkException e) {
      throw new Failure(
          "No region is known for the table: give --region, or set AWS_REGION or the profile's.",
          e);
    }
  }

  private static DynamoDbClient client(TableAccess access, Region region) {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(region);
    access
        .profile()
        .ifPresent(
            profile -> builder.credentialsProvider(ProfileCredentialsProvider.create(profile)));
    access.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /// The store, with what goes wrong said as a sentence.
  private FindingStore telling() {
    return (FindingStore)
        Proxy.newProxyInstance(
            FindingStore.class.getClassLoader(),
            new Class<?>[] {FindingStore.class},
            (_, method, arguments) -> call(method, arguments));
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw said(e.getTargetException());
    }
  }

  private Throwable said(Throwable cause) {
    return switch (cause) {
      case ResourceNotFoundException missing ->
          new Failure(
              "There is no table %s in %s; the stack's output TableName names it."
                  .formatted(name, region),
              missing);
      case SdkException refused ->
          new Failure(
              "The table %s in %s cannot be used: %s".formatted(name, region, refused.getMessage()),
              refused);
      case StoreException overtaken ->
          new Failure("Not recorded: " + overtaken.getMessage() + ". Try again.", overtaken);
      default -> cause;
    };
  }
}
