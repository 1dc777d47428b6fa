package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.snapshot.SnapshotReader;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Probes against a cluster and an STS that are served over the wire.
final class ProbeCommandTest {
  private static final Inventory DEMO =
      SnapshotReader.read(Path.of("src/main/resources/demo"), false).inventory();
  private static final String CLUSTER = "prod-eu";
  private static final String NAME = "catalog/catalog-api";
  private static final String ROLE = "catalog-api";
  private static final String CLOSED = "checkout";

  private final Path folder;
  private final KubernetesBed kubernetes =
      KubernetesBed.serve(DEMO, KubernetesBed.Behaviour.PROMPT);

  ProbeCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void giveFiles() throws IOException {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
    Command.demo(folder.resolve("account"));
    Files.writeString(
        folder.resolve("eks-identity.yaml"), "probe: [%s/%s]\n".formatted(CLUSTER, NAME));
    Files.writeString(
        folder.resolve("config"),
        """
        contexts: [{name: mine, context: {cluster: "%1$s", user: me}}]
        clusters: [{name: "%1$s", cluster: {server: "%2$s", certificate-authority-data: %3$s}}]
        users: [{name: me, user: {token: %4$s}}]
        """
            .formatted(
                cluster().arn(),
                kubernetes.endpoint(CLUSTER),
                Base64.getEncoder().encodeToString(kubernetes.authority()),
                KubernetesBed.token(CLUSTER)));
  }

  @AfterEach
  void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    kubernetes.close();
  }

  @Test
  void aServiceAccountThatGetsInIsProvedAndNothingIsShownOfItsToken() {
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      Result result = probe(bed, ROLE);

      assertEquals(Exit.OK, result.exitCode(), result.all());
      assertTrue(result.out().contains("proved: STS gave credentials"), result.out());
      assertFalse(result.all().contains("eyJ"), result.all());
      assertFalse(result.all().contains("ASIATESTBED"), result.all());
      assertEquals(Map.of("sts:AssumeRoleWithWebIdentity", 1L), bed.callCounts());
      assertEquals(
          List.of("/api/v1/namespaces/catalog/serviceaccounts/catalog-api/token"),
          kubernetes.requests().stream().map(KubernetesBed.Request::path).toList());
    }
  }

  @Test
  void aRefusalIsShownWithItsStep() {
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      Result result = probe(bed, CLOSED, "-o", "json");

      assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
      assertTrue(result.out().contains("\"outcome\" : \"refused\""), result.out());
      assertTrue(result.out().contains("\"step\" : \"trust\""), result.out());
      assertTrue(result.out().contains("\"disagreement\" : null"), result.out());
    }
  }

  @Test
  void whereStsRefusesWhatTheConfigurationAllowsTheyDisagree() {
    Behaviour denying =
        Behaviour.PROMPT.withFaults(
            FaultRule.always(
                new Fault.Denied(), FaultRule.action("sts:AssumeRoleWithWebIdentity")));
    try (TestBed bed = TestBed.serve(DEMO, denying)) {
      Result result = probe(bed, ROLE);

      assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
      assertTrue(
          result.out().contains("They disagree. STS refused at the step trust"), result.out());
    }
  }

  @Test
  void whatTheSettingsDoNotNameIsNotProbed() throws IOException {
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      Files.writeString(folder.resolve("eks-identity.yaml"), "probe: [other/a/b]\n");
      Result unlisted = probe(bed, ROLE);
      assertEquals(Exit.ERROR, unlisted.exitCode(), unlisted.all());
      assertTrue(unlisted.err().contains("do not allow to probe"), unlisted.err());

      Files.delete(folder.resolve("eks-identity.yaml"));
      Result off = probe(bed, ROLE);
      assertEquals(Exit.ERROR, off.exitCode(), off.all());
      assertTrue(off.err().contains("Probing is off"), off.err());

      assertEquals(Map.of(), bed.callCounts());
      assertEquals(List.of(), kubernetes.requests());
    }
  }

  @Test
  void withoutATokenNothingIsAskedOfSts() {
    try (KubernetesBed closed =
            KubernetesBed.serve(
                DEMO, KubernetesBed.Behaviour.PROMPT.withForbidden("serviceaccounts/token"));
        TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      replaceServer(closed);
      Result result = probe(bed, ROLE);

      assertEquals(Exit.INCOMPLETE, result.exitCode(), result.all());
      assertTrue(result.out().contains("unknown: 403"), result.out());
      assertTrue(result.out().contains("infra/kubernetes/probe.yaml"), result.out());
      assertEquals(Map.of(), bed.callCounts());
    }
  }

  private void replaceServer(KubernetesBed other) {
    try {
      Path config = folder.resolve("config");
      Files.writeString(
          config,
          Files.readString(config)
              .replace(
                  kubernetes.endpoint(CLUSTER).toString(), other.endpoint(CLUSTER).toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Result probe(TestBed bed, String role, String... more) {
    String[] usual = {
      "probe",
      "--cluster",
      CLUSTER,
      "--service-account",
      NAME,
      "--role",
      role,
      "--snapshot",
      "account",
      "--kubeconfig",
      "config",
      "--endpoint-url",
      bed.endpoint().toString()
    };
    String[] args = java.util.Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, args, usual.length, more.length);
    return Command.in(folder).run(args);
  }

  private static Cluster cluster() {
    return DEMO.clusters().stream()
        .filter(one -> one.name().equals(CLUSTER))
        .findFirst()
        .orElseThrow();
  }
}
