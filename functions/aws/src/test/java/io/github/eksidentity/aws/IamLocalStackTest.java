package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// The collectors against LocalStack's IAM and STS. Its community edition has no EKS, so the
/// clusters must be Failed and never an empty list.
class IamLocalStackTest {
  private static final String IMAGE = "localstack/localstack:4.14.0";
  private static final String REGION = "us-east-1";

  @Test
  void rolesAndProvidersAreReadAndClustersAreFailed() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "Docker is not available, so LocalStack cannot be started");
    try (LocalStackContainer localstack =
        new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("iam", "sts")) {
      localstack.start();
      ForeignIam foreign = new ForeignIam();
      foreign.fill(localstack.getEndpoint());
      Inventory read =
          Audits.read(
              CollectOptions.DEFAULT
                  .withEndpoint(localstack.getEndpoint())
                  .withAttempts(1)
                  .withRegions(List.of(REGION)));
      foreign.assertRead(read);
      assertEquals("failed", read.coverageOf(Scope.region(REGION)).status());
    }
  }
}
