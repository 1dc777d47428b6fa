package io.github.eksidentity.core.rules;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.remedy.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What tests of rules about pods stand on: the webhook that the test account plays, the bindings,
/// and the changes in a cluster.
final class InjectionTest {
  private static final String SUBJECT = "system:serviceaccount:payments:ledger";
  private static final Pod.Workload LEDGER = new Pod.Workload("Deployment", "payments", "ledger");

  @Test
  void anAnnotatedServiceAccountGivesItsPodsATokenForSts() {
    Pod pod = onlyPod(annotated().build());
    Container app = pod.container("app").orElseThrow();
    assertEquals(Optional.of(roleArn("app")), app.literal(AwsVariables.ROLE_ARN));
    assertEquals(Optional.of(Injected.IRSA_TOKEN_FILE), app.literal(AwsVariables.TOKEN_FILE));
    assertTrue(
        pod.tokens()
            .contains(
                new Pod.TokenVolume(
                    Injected.IRSA_VOLUME,
                    "token",
                    Optional.of("sts.amazonaws.com"),
                    Optional.of(86400L))));
    assertEquals(LEDGER, pod.workload());
  }

  @Test
  void anAssociationWinsOverAnAnnotation() {
    Inventory inventory =
        annotated().association("prod", "payments", "ledger", roleArn("other")).build();
    ClusterIndex index = Index.of(inventory, Set.of()).in(inventory.clusters().getFirst());
    assertEquals(
        List.of(roleArn("other"), roleArn("app")),
        index.bindings(SUBJECT).stream().map(Binding::roleArn).toList());
    Pod pod = onlyPod(inventory);
    Container app = pod.container("app").orElseThrow();
    assertEquals(Optional.of(Injected.POD_IDENTITY_URI), app.literal(AwsVariables.CONTAINER_URI));
    assertFalse(app.sets(AwsVariables.ROLE_ARN));
    assertEquals("enabled", pod.labels().get(Pod.POD_IDENTITY_LABEL));
    assertEquals(List.of(pod), index.runningPods(SUBJECT));
  }

  @Test
  void oneOfThePairOfVariablesSetByHandKeepsTheWebhookAway() {
    Pod pod =
        onlyPod(
            account()
                .cluster("prod")
                .annotated("prod", "payments", "ledger", roleArn("app"))
                .podOfTemplate(
                    "prod",
                    "payments",
                    "ledger",
                    "ledger",
                    PodEdits.moreContainers("setup", true)
                            .andThen(PodEdits.variable("app", AwsVariables.ROLE_ARN, "arn:x"))
                        ::apply)
                .build());
    assertFalse(pod.container("app").orElseThrow().sets(AwsVariables.TOKEN_FILE));
    assertTrue(pod.container("setup").orElseThrow().sets(AwsVariables.TOKEN_FILE));
  }

  @Test
  void aRestartBringsThePodUpToDate() {
    Inventory stale =
        account()
            .cluster("prod")
            .annotated("prod", "payments", "ledger", roleArn("app"))
            .pod("prod", "payments", "ledger", "ledger", PodEdits.notInjected())
            .build();
    assertFalse(onlyPod(stale).container("app").orElseThrow().sets(AwsVariables.ROLE_ARN));
    Inventory mended =
        Changes.apply(
            stale,
            List.of(
                new Change.AnnotateServiceAccount(
                    clusterArn("prod"),
                    "payments",
                    "ledger",
                    AwsAnnotations.ROLE_ARN,
                    roleArn("new")),
                new Change.RestartWorkload(clusterArn("prod"), LEDGER)));
    Pod pod = onlyPod(mended);
    assertEquals(
        Optional.of(roleArn("new")),
        pod.container("app").orElseThrow().literal(AwsVariables.ROLE_ARN));
    assertEquals(Optional.of(TestAccount.NOW), pod.created());
  }

  @Test
  void aWorkloadRunsWithTheServiceAccountThatItIsGiven() {
    Inventory there =
        account()
            .cluster("prod")
            .annotated("prod", "payments", "ledger", roleArn("app"))
            .pod("prod", "payments", "ledger", "default")
            .build();
    Inventory mended =
        Changes.apply(
            there, List.of(new Change.SetServiceAccount(clusterArn("prod"), LEDGER, "ledger")));
    assertTrue(onlyPod(mended).container("app").orElseThrow().sets(AwsVariables.ROLE_ARN));
  }

  @Test
  void anAuditWithoutKubernetesIsCompleteAndSaysWhatItDidNotAsk() {
    Inventory withoutKubernetes = account().cluster("prod").build();
    Assessment assessment = audit(withoutKubernetes);
    assertTrue(assessment.complete());
    assertTrue(assessment.undecided().isEmpty());
    assertEquals(
        Rules.all().stream()
            .filter(
                rule ->
                    rule.metadata().needs().stream()
                        .anyMatch(need -> need.label().matches("K8S.*|TRAIL")))
            .map(rule -> rule.id())
            .toList(),
        assessment.notAsked());
  }

  @Test
  void annotationsThatAreNotAboutAwsAreNotKept() {
    assertTrue(AwsAnnotations.kept("eks.amazonaws.com/role-arn", "x"));
    assertTrue(AwsAnnotations.kept("eks.amazonaws.com/rolearn", "x"));
    assertTrue(AwsAnnotations.kept("iam.amazonaws.com/role", "x"));
    assertTrue(AwsAnnotations.kept("role-arn", "x"));
    assertTrue(AwsAnnotations.kept("team/identity", " arn:aws:iam::111122223333:role/x"));
    assertFalse(
        AwsAnnotations.kept("kubectl.kubernetes.io/last-applied-configuration", "{\"a\": 1}"));
    assertFalse(AwsAnnotations.kept("team/owner", "ops@example.com"));
  }

  @Test
  void secretsAreNotKept() {
    assertEquals(
        new Container.Value.Withheld(), AwsVariables.literal("AWS_SECRET_ACCESS_KEY", "s3cr3t"));
    assertEquals(
        new Container.Value.Withheld(),
        AwsVariables.literal("HTTPS_PROXY", "http://user:password@proxy:3128"));
    assertFalse(AwsVariables.kept("DATABASE_PASSWORD"));
  }

  private static TestAccount annotated() {
    return account()
        .cluster("prod")
        .annotated("prod", "payments", "ledger", roleArn("app"))
        .pod("prod", "payments", "ledger", "ledger");
  }

  private static Pod onlyPod(Inventory inventory) {
    return inventory.clusters().getFirst().kubernetes().pods().getFirst();
  }

  private static Assessment audit(Inventory inventory) {
    return new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW);
  }
}
