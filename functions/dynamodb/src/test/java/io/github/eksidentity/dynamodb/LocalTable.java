package io.github.eksidentity.dynamodb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/// DynamoDB Local with tables as template.yaml declares them.
public final class LocalTable implements AutoCloseable {
  private static final int KEPT = 4;

  private final DynamoDbClient client;
  private final Stop stop;
  private int made;

  private LocalTable(DynamoDbClient client, Stop stop) {
    this.client = client;
    this.stop = stop;
  }

  @FunctionalInterface
  private interface Stop {
    void run() throws Exception;
  }

  /// In this process, without HTTP.
  public static LocalTable embedded() {
    boolean withoutTelemetry = true;
    AmazonDynamoDBLocal local = DynamoDBEmbedded.create(withoutTelemetry);
    return new LocalTable(local.dynamoDbClient(), local::shutdown);
  }

  /// A server of it, for other programs than this.
  public static final class Server implements AutoCloseable {
    private final DynamoDBProxyServer server;
    private final URI endpoint;

    private Server(DynamoDBProxyServer server, URI endpoint) {
      this.server = server;
      this.endpoint = endpoint;
    }

    /// Starts it in memory.
    public static Server start() {
      try {
        int port = freePort();
        DynamoDBProxyServer server =
            new DynamoDBProxyServer(
                port,
                new LocalDynamoDBServerHandler(
                    new LocalDynamoDBRequestHandler(0, true, null, true, false), null));
        server.start();
        return new Server(server, URI.create("http://127.0.0.1:" + port));
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local does not start", e);
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    /// Where it listens.
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public void close() {
      try {
        server.stop();
      } catch (Exception e) {
        throw new IllegalStateException("DynamoDB Local does not stop", e);
      }
    }
  }

  /// Whatever answers for DynamoDB there.
  public static LocalTable at(URI endpoint) {
    DynamoDbClient client = client(endpoint);
    return new LocalTable(client, client::close);
  }

  static DynamoDbClient client(URI endpoint, ExecutionInterceptor... interceptors) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "secret")))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(override -> override.executionInterceptors(List.of(interceptors)))
        .build();
  }

  /// A client for it.
  public DynamoDbClient client() {
    return client;
  }

  /// Makes a table of a name of its own. Only the last few are kept, since every call takes longer
  /// with each table there is.
  String createNext() {
    String name = "findings-" + ++made;
    create(name);
    if (made > KEPT) {
      client.deleteTable(request -> request.tableName("findings-" + (made - KEPT)));
    }
    return name;
  }

  /// Makes a table as the template's, with its stream.
  public void create(String name) {
    Json table = at(template(), "Resources", "Table", "Properties");
    List<GlobalSecondaryIndex> indexes = new ArrayList<>();
    for (Json index : items(at(table, "GlobalSecondaryIndexes"))) {
      Json projection = at(index, "Projection");
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(text(at(index, "IndexName")))
              .keySchema(keys(at(index, "KeySchema")))
              .projection(
                  Projection.builder()
                      .projectionType(text(at(projection, "ProjectionType")))
                      .nonKeyAttributes(
                          items(at(projection, "NonKeyAttributes")).stream()
                              .map(LocalTable::text)
                              .toList())
                      .build())
              .build());
    }
    client.createTable(
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                items(at(table, "AttributeDefinitions")).stream()
                    .map(
                        definition ->
                            AttributeDefinition.builder()
                                .attributeName(text(at(definition, "AttributeName")))
                                .attributeType(text(at(definition, "AttributeType")))
                                .build())
                    .toList())
            .keySchema(keys(at(table, "KeySchema")))
            .globalSecondaryIndexes(indexes)
            .streamSpecification(
                stream ->
                    stream
                        .streamEnabled(true)
                        .streamViewType(text(at(table, "StreamSpecification", "StreamViewType"))))
            .build());
  }

  private static List<KeySchemaElement> keys(Json schema) {
    return items(schema).stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(text(at(key, "AttributeName")))
                    .keyType(text(at(key, "KeyType")))
                    .build())
        .toList();
  }

  /// The repository's template.yaml; its tags, as !Ref, are left out.
  public static Json template() {
    try (JsonParser parser =
        new YAMLFactory().createParser(Files.readString(Path.of("..", "..", "template.yaml")))) {
      return switch (JsonReader.read(parser, JsonLimits.FILE)) {
        case JsonResult.Read(Json value) -> value;
        case JsonResult.Unreadable(var at, String message) ->
            throw new IllegalStateException("template.yaml, " + at + ": " + message);
      };
    } catch (IOException e) {
      throw new IllegalStateException("template.yaml cannot be read", e);
    }
  }

  private static Json at(Json json, String... path) {
    Json value = json;
    for (String name : path) {
      value = ((Json.Obj) value).get(name).orElseThrow(() -> new IllegalStateException(name));
    }
    return value;
  }

  private static List<Json> items(Json json) {
    return ((Json.Arr) json).items();
  }

  private static String text(Json json) {
    return ((Json.Str) json).value();
  }

  @Override
  public void close() {
    try {
      stop.run();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }
}
