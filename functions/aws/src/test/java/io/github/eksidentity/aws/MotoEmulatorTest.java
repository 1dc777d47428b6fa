package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.testbed.MotoServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

/// The collectors against `moto_server`, an engine that is not ours.
///
/// It has no routes for Pod Identity associations and add-ons, which older endpoints of EKS do not
/// have either; and it lists roles without their use.
@EnabledIf(
    value = "io.github.eksidentity.testbed.MotoServer#isInstalled",
    disabledReason = MotoServer.MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MotoEmulatorTest {
  private static final String REGION = "us-east-1";

  private final ForeignIam foreign = new ForeignIam();
  private MotoServer moto = MotoServer.NONE;

  @BeforeAll
  void start() {
    moto = MotoServer.start();
    foreign.fill(moto.endpoint());
    try (EksClient eks =
        EksClient.builder()
            .endpointOverride(moto.endpoint())
            .region(Region.of(REGION))
            .credentialsProvider(Audits.CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      for (String name : List.of("payments", "search")) {
        eks.createCluster(
            request ->
                request
                    .name(name)
                    .roleArn("arn:aws:iam::123456789012:role/eks")
                    .resourcesVpcConfig(config -> config.subnetIds("subnet-1", "subnet-2")));
      }
    }
  }

  @AfterAll
  void stop() {
    moto.close();
  }

  private Inventory read() {
    return Audits.read(
        CollectOptions.DEFAULT
            .withEndpoint(moto.endpoint())
            .withAttempts(1)
            .withRegions(List.of(REGION)));
  }

  @Test
  void rolesAndProvidersAreRead() {
    foreign.assertRead(read());
  }

  @Test
  void clustersAreReadAndWhatMotoLacksIsFailedNotEmpty() {
    Inventory read = read();
    assertTrue(read.coverageOf(Scope.region(REGION)).isComplete());
    assertEquals(
        List.of("payments", "search"),
        read.clusters().stream().map(cluster -> cluster.name()).toList());
    assertTrue(read.clusters().getFirst().issuer().orElseThrow().startsWith("oidc.eks."));
    for (Scope.Kind kind : List.of(Scope.Kind.ASSOCIATIONS, Scope.Kind.ADDONS)) {
      Coverage coverage = read.coverageOf(Scope.cluster(kind, REGION, "payments"));
      assertEquals("failed", coverage.status(), coverage::toString);
      assertFalse(coverage.reason().isBlank());
    }
  }
}
