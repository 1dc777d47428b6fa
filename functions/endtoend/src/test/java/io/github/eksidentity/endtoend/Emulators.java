package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.dynamodb.LocalTable;
import io.github.eksidentity.testbed.MotoServer;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// Where table, topic and queue are. The audited account is the test bed's in any case:
/// LocalStack's free image has no EKS.
interface Emulators extends AutoCloseable {
  /// DynamoDB and its streams.
  URI dynamoDb();

  /// SNS and SQS.
  URI messages();

  @Override
  void close();

  /// DynamoDB Local and moto. Without moto the tests are skipped.
  static Emulators local() {
    assumeTrue(MotoServer.isInstalled(), MotoServer.MISSING);
    MotoServer moto = MotoServer.start();
    return new Local(LocalTable.Server.start(), moto);
  }

  /// LocalStack. Unless it is asked for and Docker is there, the tests are skipped.
  static Emulators localStack() {
    assumeTrue(Boolean.getBoolean("localstack"), "LocalStack is used with mvn -Plocalstack only");
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "Docker is not available, so LocalStack cannot be started");
    LocalStackContainer container =
        new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
            .withServices("dynamodb", "dynamodbstreams", "sns", "sqs");
    container.start();
    return new LocalStack(container);
  }

  /// Two emulators of this machine.
  record Local(LocalTable.Server table, MotoServer moto) implements Emulators {
    @Override
    public URI dynamoDb() {
      return table.endpoint();
    }

    @Override
    public URI messages() {
      return moto.endpoint();
    }

    @Override
    public void close() {
      table.close();
      moto.close();
    }
  }

  /// One container.
  record LocalStack(LocalStackContainer container) implements Emulators {
    @Override
    public URI dynamoDb() {
      return container.getEndpoint();
    }

    @Override
    public URI messages() {
      return container.getEndpoint();
    }

    @Override
    public void close() {
      container.close();
    }
  }
}
