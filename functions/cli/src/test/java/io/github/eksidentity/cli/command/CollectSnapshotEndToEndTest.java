package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.snapshot.SnapshotReader;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.Fault;
import io.github.eksidentity.testbed.FaultRule;
import io.github.eksidentity.testbed.Programs;
import io.github.eksidentity.testbed.TestBed;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `infra/collect-snapshot.sh` with the real AWS CLI against a small account, and a kubectl
/// that answers from files.
final class CollectSnapshotEndToEndTest {
  private static final Path SCRIPT = Path.of("..", "..", "infra", "collect-snapshot.sh");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BY_ASSOCIATION = "role/prod-us-karpenter";
  private static final String BY_TRUST = "role/prod-eu-cert-manager";
  private static final Set<String> CREDENTIALS =
      Set.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region");

  private final Path folder;

  CollectSnapshotEndToEndTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void giveCredentials() {
    assumeTrue(Programs.onPath("aws"), "the AWS CLI is not on the PATH");
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
    System.setProperty("aws.region", "eu-west-1");
  }

  @AfterEach
  void takeCredentials() {
    CREDENTIALS.forEach(System::clearProperty);
  }

  @Test
  void itsSnapshotIsAuditedLikeTheAccount() throws Exception {
    Path kubernetes = Files.createDirectories(folder.resolve("kubernetes"));
    Files.writeString(kubernetes.resolve("serviceaccounts"), "{\"kind\": \"List\", \"items\": []}");
    Files.writeString(kubernetes.resolve("pods"), "{\"kind\": \"List\", \"items\": []}");
    FaultRule denied =
        FaultRule.always(
            new Fault.Denied(),
            call ->
                call.permission().equals("eks:ListClusters") && call.region().equals("us-east-1"));
    Inventory account = smallAccount();
    try (TestBed bed = TestBed.serve(account, Behaviour.PROMPT.withFaults(denied))) {
      Ran ran = collect(bed, kubernetes, "account", "--trail");
      assertEquals(0, ran.exitCode(), ran.output());
      assertTrue(ran.output().contains("eu-west-1: 1 clusters"), ran.output());

      Path taken = folder.resolve("account");
      Path cluster = taken.resolve("regions/eu-west-1/clusters/staging-eu");
      assertEquals(
          "List", JSON.readTree(cluster.resolve("pods.json").toFile()).at("/kind").asText());
      assertFalse(Files.exists(cluster.resolve("rbac.json")));
      assertEquals(
          Map.of(
              "eks/us-east-1", "AccessDeniedException",
              "rbac/eu-west-1/staging-eu", "Forbidden",
              "mutatingwebhookconfigurations/eu-west-1/staging-eu", "Forbidden"),
          errors(taken));

      assertTrue(
          Files.exists(taken.resolve("events/eu-west-1.json"))
              || Files.readString(taken.resolve("errors.json")).contains("\"trail/eu-west-1\""));
      assertEquals(List.of(), notAsked(account, taken), "questions without an answer");
      leaveOutKubernetes(taken);
      String endpoint = bed.endpoint().toString();
      JsonNode live = audit("--endpoint-url", endpoint);
      JsonNode files = audit("--snapshot", "account");
      assertFalse(live.at("/findings").isEmpty());
      assertEquals(live.at("/findings"), files.at("/findings"));
      assertEquals("failed", statuses(files).get("eks/us-east-1"));
      assertEquals(
          withoutUnread(statuses(live)), withoutUnread(statuses(files)), "coverage by scope");
    }
  }

  /// What the live audit asks IAM's policy simulator and the snapshot has no answer to.
  private static List<String> notAsked(Inventory account, Path snapshot) {
    Set<String> answered =
        SnapshotReader.read(snapshot, false).inventory().simulations().stream()
            .map(answer -> words(answer.question()))
            .collect(Collectors.toSet());
    List<String> asked =
        RoleRules.questions(account, Settings.DEFAULTS).stream()
            .map(CollectSnapshotEndToEndTest::words)
            .toList();
    assertTrue(asked.stream().anyMatch(question -> question.contains(BY_ASSOCIATION)));
    assertTrue(asked.stream().anyMatch(question -> question.contains(BY_TRUST)));
    return asked.stream().filter(question -> !answered.contains(question)).toList();
  }

  private static String words(Simulation.Question question) {
    return question.roleArn() + " " + question.action();
  }

  @Test
  void whereTheSimulatorIsDeniedThePoliciesDecideAlone() throws Exception {
    FaultRule denied =
        FaultRule.always(new Fault.Denied(), FaultRule.action("iam:SimulatePrincipalPolicy"));
    try (TestBed bed = TestBed.serve(smallAccount(), Behaviour.PROMPT.withFaults(denied))) {
      Ran ran = collect(bed, folder, "account", "--no-kubectl", "--jobs", "1");
      assertEquals(0, ran.exitCode(), ran.output());
      assertEquals(1, bed.callCounts().get("iam:SimulatePrincipalPolicy"));
      assertEquals(Map.of("simulations", "AccessDenied"), errors(folder.resolve("account")));
      JsonNode live = audit("--endpoint-url", bed.endpoint().toString());
      JsonNode files = audit("--snapshot", "account");
      assertEquals(live.at("/findings"), files.at("/findings"));
      assertEquals("skipped", statuses(files).get("simulations"));
      assertEquals(statuses(live).get("simulations"), statuses(files).get("simulations"));
    }
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("account"));
    Files.writeString(mine.resolve("account.json"), "mine");
    try (TestBed bed = TestBed.serve(smallAccount(), Behaviour.PROMPT)) {
      Ran ran = collect(bed, folder, "account", "--trail");
      assertEquals(1, ran.exitCode(), ran.output());
      assertTrue(ran.output().contains("account is not empty"), ran.output());
      assertEquals("mine", Files.readString(mine.resolve("account.json")));
      assertEquals(0, bed.calls().size());
    }
  }

  /// One cluster of the demo in one of two regions, with one of most things: each call starts the
  /// AWS CLI, which takes its time.
  private Inventory smallAccount() throws IOException {
    Path demo = Command.demo(folder.resolve("demo"));
    Path regions = demo.resolve("regions");
    keepOnly("eu-west-1", regions);
    keepOnly("staging-eu.json", demo.resolve("open-id-connect-providers"));
    Path clusters = regions.resolve("eu-west-1").resolve("clusters");
    keepOnly("staging-eu", clusters);
    Files.writeString(
        regions.resolve("eu-west-1").resolve("clusters.json"), "{\"clusters\": [\"staging-eu\"]}");
    Files.writeString(
        clusters.resolve("staging-eu").resolve("addons.json"), "{\"addons\": [\"vpc-cni\"]}");
    bindAddonTo(BY_ASSOCIATION, clusters.resolve("staging-eu"));
    Files.writeString(
        demo.resolve("open-id-connect-providers.json"),
        "{\"OpenIDConnectProviderList\": [{\"Arn\":"
            + " \"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A4976DD91AAAA97C3127BF8D4FDE84E3\"}]}");
    Files.createDirectories(regions.resolve("us-east-1"));
    Files.writeString(regions.resolve("us-east-1").resolve("clusters.json"), "{\"clusters\": []}");
    Files.writeString(
        demo.resolve("regions.json"),
        "{\"Regions\": [{\"RegionName\": \"eu-west-1\", \"RegionOptStatus\":"
            + " \"ENABLED_BY_DEFAULT\"}, {\"RegionName\": \"us-east-1\", \"RegionOptStatus\":"
            + " \"ENABLED_BY_DEFAULT\"}]}");
    return SnapshotReader.read(demo, false).inventory();
  }

  /// Makes the cluster's one association bind the service account of an add-on to a role.
  private static void bindAddonTo(String role, Path cluster) throws IOException {
    try (Stream<Path> files = Files.walk(cluster)) {
      for (Path file : files.filter(path -> path.toString().contains("/pod-identity-")).toList()) {
        if (Files.isRegularFile(file)) {
          Files.writeString(
              file,
              Files.readString(file)
                  .replace("\"namespace\": \"invoices\"", "\"namespace\": \"kube-system\"")
                  .replace("\"serviceAccount\": \"invoices\"", "\"serviceAccount\": \"karpenter\"")
                  .replace("role/apps/staging-invoices", role));
        }
      }
    }
  }

  private static void keepOnly(String name, Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child : children.filter(path -> !path.endsWith(name)).toList()) {
        delete(child);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private record Ran(int exitCode, String output) {}

  /// Runs the script with a kubectl that prints the file of what it is asked for, and may not read
  /// what has none.
  private Ran collect(TestBed bed, Path kubernetes, String target, String... options)
      throws IOException, InterruptedException {
    Path programs = Files.createDirectories(folder.resolve("programs"));
    Path kubectl = programs.resolve("kubectl");
    Files.writeString(
        kubectl,
        """
        #!/bin/sh
        while [ "$1" != get ]; do shift; done
        [ -f "%1$s/$2" ] && exec cat "%1$s/$2"
        echo "Error from server (Forbidden): $2 is forbidden" >&2
        exit 1
        """
            .formatted(kubernetes));
    assertTrue(kubectl.toFile().setExecutable(true));
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toAbsolutePath().toString()));
    command.addAll(List.of(options));
    command.add(folder.resolve(target).toString());
    ProcessBuilder sh = new ProcessBuilder(command);
    sh.environment()
        .putAll(
            Map.of(
                "PATH", programs + File.pathSeparator + System.getenv("PATH"),
                "AWS_ENDPOINT_URL", bed.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_DEFAULT_REGION", "eu-west-1"));
    Process process = sh.redirectErrorStream(true).start();
    process.outputWriter().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  /// The live audit looks neither into clusters nor at CloudTrail.
  private static void leaveOutKubernetes(Path snapshot) throws IOException {
    Path cluster = snapshot.resolve("regions/eu-west-1/clusters/staging-eu");
    Files.delete(cluster.resolve("serviceaccounts.json"));
    Files.delete(cluster.resolve("pods.json"));
    Path events = snapshot.resolve("events");
    if (Files.exists(events)) {
      delete(events);
    }
    Path file = snapshot.resolve("errors.json");
    ArrayNode ofAws = JSON.createArrayNode();
    for (JsonNode entry : JSON.readTree(file.toFile())) {
      if (entry.at("/scope").asText().startsWith("eks/")) {
        ofAws.add(entry);
      }
    }
    JSON.writeValue(file.toFile(), ofAws);
  }

  private static Map<String, String> errors(Path snapshot) throws IOException {
    Map<String, String> errors = new TreeMap<>();
    for (JsonNode entry : JSON.readTree(snapshot.resolve("errors.json").toFile())) {
      // The test bed has no Fargate profiles and no CloudTrail.
      if (entry.at("/scope").asText().matches("(fargate-profiles|trail)/.*")) {
        continue;
      }
      errors.put(entry.at("/scope").asText(), entry.at("/error").asText());
    }
    return errors;
  }

  private JsonNode audit(String... source) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("audit", "-o", "json"));
    arguments.addAll(List.of("--now", "2026-11-20T06:00:00Z"));
    arguments.addAll(List.of(source));
    Command.Result result = Command.in(folder).run(arguments.toArray(String[]::new));
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    return JSON.readTree(result.out());
  }

  private static Map<String, String> statuses(JsonNode audit) {
    Map<String, String> statuses = new TreeMap<>();
    for (JsonNode scope : audit.at("/coverage")) {
      statuses.put(scope.at("/scope").asText(), scope.at("/status").asText());
    }
    return statuses;
  }

  /// The coverage of what the live audit was not asked to read is not compared.
  private static Map<String, String> withoutUnread(Map<String, String> statuses) {
    Map<String, String> read = new TreeMap<>(statuses);
    read.values().removeIf("skipped"::equals);
    return read;
  }
}
