package io.github.eksidentity.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.dynamodb.TableStore;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Where Lambda enters: one instance for each execution environment.
public final class AuditHandler implements RequestStreamHandler {
  private final AuditFunction function;

  public AuditHandler() {
    Environment environment = new Environment(System.getenv());
    InstantSource clock = InstantSource.system();
    function =
        DaggerAuditComponent.factory()
            .create(environment, store(environment), clock, JsonLog.to(System.out, clock))
            .function();
  }

  private static FindingStore store(Environment environment) {
    DynamoDbClient client =
        DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
            .region(Region.of(environment.required("AWS_REGION")))
            .build();
    return new TableStore(client, environment.required("TABLE_NAME"));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    AuditRequest request = AuditRequest.of(Event.read(input), context.getAwsRequestId());
    Invocation invocation =
        new Invocation(
            own(context.getInvokedFunctionArn()),
            () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
    List<AccountOutcome> outcomes = function.handle(request, invocation);
    output.write(InvocationAnswer.of(outcomes).getBytes(StandardCharsets.UTF_8));
  }

  private static Account own(String functionArn) {
    Arn arn =
        Arn.parse(functionArn)
            .orElseThrow(
                () -> new FunctionException(functionArn + " is not the ARN of a function."));
    Partition partition =
        Partition.of(arn.partition())
            .orElseThrow(
                () -> new FunctionException(arn.partition() + " is no partition known here."));
    return new Account(arn.account(), partition);
  }
}
