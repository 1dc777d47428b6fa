package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.KubernetesFault;
import io.github.eksidentity.testbed.TestBed;
import io.github.eksidentity.testbed.Tunnel;
import io.github.eksidentity.testbed.runtime.LambdaFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// audit.zip with ReadClusters and ReadTrail on: it reads the Kubernetes API of three clusters at
/// their real names, with the token that AWS credentials sign, and CloudTrail's event history.
class ClustersAndTrailEndToEndTest {
  private static final Instant FIRST = Instant.parse("2026-11-20T06:00:00Z");
  private static final Inventory ACCOUNT =
      Accounts.generate(
          new Accounts.Size(Partition.AWS, List.of("eu-west-1"), 3, 0, 3, 3, 0, 0, 0), 7);

  private Optional<Emulators> emulators = Optional.empty();
  private Optional<Stack> stack = Optional.empty();

  @BeforeEach
  void start() {
    Emulators started = Emulators.local();
    emulators = Optional.of(started);
    stack = Optional.of(Stack.create(started));
  }

  @AfterEach
  void stop() {
    stack.ifPresent(Stack::close);
    emulators.ifPresent(Emulators::close);
  }

  /// The account's clusters, each with service accounts of these names, all of which name a role
  /// that does not exist.
  private static Inventory account(List<String> first, List<String> second, List<String> third) {
    List<List<String>> names = List.of(first, second, third);
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      clusters.add(ACCOUNT.clusters().get(i).withKubernetes(kubernetes(names.get(i))));
    }
    return ACCOUNT.with(clusters, ACCOUNT.calls(), Map.of());
  }

  private static Kubernetes kubernetes(List<String> serviceAccounts) {
    return new Kubernetes(
        serviceAccounts.stream()
            .map(
                name ->
                    new ServiceAccount(
                        "payments",
                        name,
                        Optional.of(FIRST),
                        Map.of(),
                        Map.of(
                            AwsAnnotations.ROLE_ARN,
                            "arn:aws:iam::111122223333:role/gone-" + name)))
            .toList(),
        List.of(),
        List.of(),
        new Rbac(List.of(), List.of()));
  }

  private static String host(int cluster) {
    return "C" + cluster + "." + KubernetesBed.ZONE;
  }

  /// What EKS tells of the clusters: where their APIs are and whom to trust there.
  private static Inventory described(Inventory account, byte[] authority) {
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < account.clusters().size(); i++) {
      Cluster it = account.clusters().get(i);
      clusters.add(
          Edit.of(Cluster.class)
              .with("endpoint", Optional.of("https://" + host(i)))
              .with(
                  "certificateAuthority",
                  Optional.of(Base64.getEncoder().encodeToString(authority)))
              .apply(it));
    }
    return account.with(clusters, account.calls(), Map.of());
  }

  /// Runs the audit as the schedule does.
  ///
  /// @return the alert that came of it
  private Json audit(
      Inventory account, int day, KubernetesBed.Behaviour behaviour, Set<String> unreachable) {
    Inventory served = described(account, new byte[0]);
    try (KubernetesBed clusters = KubernetesBed.serve(served, behaviour);
        Tunnel tunnel = clusters.tunnel(unreachable);
        TestBed bed = TestBed.serve(described(account, clusters.authority()), Behaviour.PROMPT);
        LambdaFunction audit =
            stack
                .orElseThrow()
                .audit(
                    Map.of(
                        "AWS_ENDPOINT_URL",
                        bed.endpoint().toString(),
                        "READ_CLUSTERS",
                        "true",
                        "CLUSTER_BUDGET_SECONDS",
                        "5",
                        "READ_TRAIL",
                        "true",
                        "JAVA_TOOL_OPTIONS",
                        String.join(" ", tunnel.systemProperties())))) {
      Stack.returned(
          audit,
          "{\"trigger\": \"schedule\", \"time\": \"%s\"}"
              .formatted(FIRST.plus(Duration.ofDays(day))));
    }
    List<Json> alerts = stack.orElseThrow().alerts("none");
    assertEquals(1, alerts.size());
    return Event.parse(JsonPath.text(alerts.getFirst(), "Message").orElseThrow()).orElseThrow();
  }

  /// What happened to findings, as `opened annotation-role-missing cluster-1`.
  private static Set<String> transitions(Json alert) {
    return JsonPath.items(alert, "transitions").stream()
        .map(
            it ->
                String.join(
                    " ",
                    JsonPath.text(it, "transition").orElseThrow(),
                    JsonPath.text(it, "rule").orElseThrow(),
                    JsonPath.text(it, "cluster").orElse("-")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> lost(Json alert) {
    return JsonPath.items(alert, "coverage", "lost").stream()
        .map(it -> JsonPath.text(it, "scope").orElseThrow())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aClusterThatDoesNotAnswerDelaysNoOtherAndResolvesNothing() {
    List<String> broken = List.of("ledger", "batch");
    audit(account(broken, broken, broken), 1, KubernetesBed.Behaviour.PROMPT, Set.of());

    // Day two: the first never ends its answer, to the second there is no way, the third is mended.
    Json second =
        audit(
            account(List.of(), List.of(), List.of("batch")),
            2,
            KubernetesBed.Behaviour.PROMPT.withFault(
                new KubernetesFault.Stalls(),
                0,
                Integer.MAX_VALUE,
                request -> request.cluster().equals("cluster-0")),
            Set.of(host(1)));

    assertEquals(
        Set.of(
            "opened cluster-not-readable cluster-0",
            "opened cluster-not-readable cluster-1",
            "resolved annotation-role-missing cluster-2",
            "resolved annotation-unused cluster-2"),
        transitions(second));
    assertEquals(
        Set.of("cluster-0", "cluster-1"),
        lost(second).stream()
            .map(scope -> scope.substring(scope.lastIndexOf('/') + 1))
            .collect(Collectors.toSet()));

    // Day three: all three answer again, and only now the others' findings are gone.
    Json third =
        audit(
            account(List.of(), List.of(), List.of("batch")),
            3,
            KubernetesBed.Behaviour.PROMPT,
            Set.of());
    assertEquals(
        Set.of(
            "resolved annotation-role-missing cluster-0",
            "resolved annotation-role-missing cluster-1",
            "resolved annotation-unused cluster-0",
            "resolved annotation-unused cluster-1",
            "resolved cluster-not-readable cluster-0",
            "resolved cluster-not-readable cluster-1"),
        transitions(third));
  }

  @Test
  void aRefusalOfTheLastDayIsAFinding() {
    Inventory quiet = account(List.of(), List.of(), List.of());
    AssumeCall refused =
        new AssumeCall(
            "event-1",
            FIRST.plus(Duration.ofHours(47)),
            "eu-west-1",
            Optional.of("arn:aws:iam::111122223333:role/of-nobody"),
            Optional.of(quiet.providers().getFirst().arn()),
            Optional.of("system:serviceaccount:payments:stranger"),
            Optional.empty(),
            Optional.of("AccessDenied"),
            Optional.empty());
    audit(quiet, 1, KubernetesBed.Behaviour.PROMPT, Set.of());
    Json alert =
        audit(
            quiet.with(quiet.clusters(), List.of(refused), Map.of()),
            2,
            KubernetesBed.Behaviour.PROMPT,
            Set.of());
    assertEquals(Set.of("opened assume-role-denied cluster-0"), transitions(alert));
  }
}
