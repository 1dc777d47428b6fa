package io.github.eksidentity.core.explain;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.explain.Explanation.Verdict;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ExplainerTest {
  private static final String SUBJECT = "system:serviceaccount:payments:ledger";
  private static final String ROLE = roleArn("ledger");

  private static Explanation explain(TestAccount account, Optional<String> expected) {
    return explain(account, SUBJECT, expected, Rules.all());
  }

  private static Explanation explain(
      TestAccount account, String subject, Optional<String> expected, List<Rule> rules) {
    Inventory inventory = account.build();
    Assessment assessment = new Auditor(rules).audit(inventory, Settings.DEFAULTS, TestAccount.NOW);
    AuditContext context = AuditContext.of(inventory, Settings.DEFAULTS, TestAccount.NOW);
    Cluster cluster = inventory.clusters().getFirst();
    return new Explainer(context, assessment).explain(cluster, subject, expected);
  }

  private static Explanation explain(TestAccount account) {
    return explain(account, Optional.empty());
  }

  private static Step step(Explanation explanation, ExplainStep kind) {
    return explanation.steps().stream()
        .filter(step -> step.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private static Map<ExplainStep, Step.Status> statuses(Explanation explanation) {
    return explanation.steps().stream().collect(Collectors.toMap(Step::kind, Step::status));
  }

  private static TestAccount annotated() {
    return account()
        .cluster("prod")
        .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT))
        .annotated("prod", "payments", "ledger", ROLE)
        .pod("prod", "payments", "ledger", "ledger");
  }

  @Test
  void anAnnotatedServiceAccountWorks() {
    Explanation explanation = explain(annotated());
    assertEquals(Verdict.WORKS, explanation.verdict(), explanation.toString());
    assertEquals(Optional.of(Mechanism.IRSA), explanation.mechanism());
    assertEquals(Optional.of(ROLE), explanation.role());
    assertEquals(Optional.empty(), explanation.cause());
    assertEquals(
        List.of(
            ExplainStep.ISSUER,
            ExplainStep.PROVIDER,
            ExplainStep.AUDIENCE,
            ExplainStep.BINDING,
            ExplainStep.ROLE,
            ExplainStep.TRUST,
            ExplainStep.PERMISSIONS,
            ExplainStep.POD,
            ExplainStep.SHADOWING,
            ExplainStep.ENDPOINT,
            ExplainStep.USE),
        explanation.steps().stream().map(Step::kind).toList());
    assertFalse(step(explanation, ExplainStep.TRUST).trace().isEmpty());
  }

  @Test
  void anAssociationWorksAndComesBeforeAnAnnotation() {
    Explanation explanation =
        explain(
            annotated()
                .role(
                    "pods",
                    Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                .association("prod", "payments", "ledger", roleArn("pods")));
    assertEquals(Optional.of(Mechanism.POD_IDENTITY), explanation.mechanism());
    assertEquals(Optional.of(roleArn("pods")), explanation.role());
    assertTrue(
        step(explanation, ExplainStep.BINDING).evidence().contains("annotation is left aside"));
    assertEquals(Step.Status.OK, step(explanation, ExplainStep.TRUST).status());
  }

  @Test
  void whatTheClusterWouldTellIsUnknownWithAwsFactsAlone() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .role(
                    "pods",
                    Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                .association("prod", "payments", "ledger", roleArn("pods")));
    assertEquals(Verdict.UNKNOWN, explanation.verdict());
    Map<ExplainStep, Step.Status> statuses = statuses(explanation);
    assertEquals(Step.Status.OK, statuses.get(ExplainStep.TRUST));
    assertEquals(Step.Status.OK, statuses.get(ExplainStep.ENDPOINT));
    assertEquals(Step.Status.UNKNOWN, statuses.get(ExplainStep.POD));
    assertTrue(
        step(explanation, ExplainStep.POD).evidence().startsWith("the pods of cluster prod"));
  }

  @Test
  void aTrustThatNamesItStandsInForAnAnnotationThatWasNotRead() {
    Explanation explanation =
        explain(account().cluster("prod").role("ledger", Trusts.irsa(issuer("prod"), SUBJECT)));
    assertEquals(Verdict.UNKNOWN, explanation.verdict());
    assertEquals(Optional.of(ROLE), explanation.role());
    assertEquals(Step.Status.UNKNOWN, step(explanation, ExplainStep.BINDING).status());
    assertEquals(Step.Status.OK, step(explanation, ExplainStep.TRUST).status());
  }

  @Test
  void aMissingProviderIsTheCauseWhateverElseIsWrong() {
    Explanation explanation =
        explain(
            annotated()
                .withoutProvider(issuer("prod"))
                .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT.replace("ledger", "other"))));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals(Step.Status.BROKEN, step(explanation, ExplainStep.PROVIDER).status());
    Finding cause = explanation.cause().orElseThrow();
    assertEquals("provider-missing", cause.rule());
    assertEquals(
        Optional.of(StsError.NO_PROVIDER.text().replace("<issuer>", issuer("prod"))),
        cause.stsError());
  }

  @Test
  void anAudienceThatIsNotRegisteredIsTheCause() {
    Explanation explanation = explain(annotated().provider(issuer("prod"), "sts.amazonaws.com.cn"));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("provider-audience-missing", explanation.cause().orElseThrow().rule());
    assertEquals(
        Optional.of(StsError.INCORRECT_AUDIENCE.text()),
        explanation.cause().orElseThrow().stsError());
  }

  private static TestAccount askingFor(String audience, String trust) {
    return account()
        .cluster("prod")
        .role("ledger", trust)
        .serviceAccount(
            "prod",
            "payments",
            "ledger",
            Map.of(AwsAnnotations.ROLE_ARN, ROLE, AwsAnnotations.AUDIENCE, audience))
        .pod("prod", "payments", "ledger", "ledger");
  }

  @Test
  void anAudienceThatTheAnnotationAsksForIsTheCauseWhereTheProviderTakesTheUsualOne() {
    TestAccount account = askingFor("vault", Trusts.irsa(issuer("prod"), SUBJECT));
    Finding cause = explain(account).cause().orElseThrow();
    assertEquals("annotation-audience-mismatch", cause.rule());
    assertTrue(cause.title().startsWith("The tokens of payments/ledger"), cause.title());
  }

  @Test
  void anAudienceThatOnlyTheProviderDoesNotKnowIsTheCauseThatTheAuditFinds() {
    TestAccount account =
        askingFor(
            "vault", Trusts.irsa(issuer("prod"), SUBJECT).replace("sts.amazonaws.com", "vault"));
    assertEquals("trust-audience-mismatch", explain(account).cause().orElseThrow().rule());
  }

  @Test
  void aTrustThatNamesAnotherIsTheCauseWithClaimAgainstCondition() {
    String other = "system:serviceaccount:payments:leger";
    Explanation explanation =
        explain(annotated().role("ledger", Trusts.irsa(issuer("prod"), other)));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    Step trust = step(explanation, ExplainStep.TRUST);
    assertEquals(Step.Status.BROKEN, trust.status());
    assertFalse(trust.trace().isEmpty());
    Finding cause = explanation.cause().orElseThrow();
    assertEquals("annotation-trust-denies", cause.rule());
    assertEquals(Optional.of(StsError.NOT_AUTHORIZED.text()), cause.stsError());
    Evidence evidence = cause.evidence().getFirst();
    assertEquals(Optional.of(other), evidence.value());
    assertEquals(Optional.of(SUBJECT), evidence.claim());
  }

  @Test
  void aRoleThatDoesNotExistIsTheCause() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .role("other", Trusts.irsa(issuer("prod"), SUBJECT.replace("ledger", "other")))
                .annotated("prod", "payments", "ledger", ROLE));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("annotation-role-missing", explanation.cause().orElseThrow().rule());
  }

  @Test
  void aRoleThatCouldNotBeReadIsUnknown() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .annotated("prod", "payments", "ledger", ROLE)
                .coverage(
                    Scope.account(Scope.Kind.IAM),
                    new Coverage.Failed("AccessDenied", Optional.of("iam:ListRoles"))));
    assertEquals(Verdict.UNKNOWN, explanation.verdict());
    assertTrue(step(explanation, ExplainStep.ROLE).evidence().contains("AccessDenied"));
  }

  @Test
  void anAssociationWhoseTrustShutsItOutHasTheAuditsFinding() {
    TestAccount account =
        account()
            .cluster("prod")
            .role("pods", Trusts.podIdentity(TestAccount.clusterArn("prod"), "payment", "ledger"))
            .association("prod", "payments", "ledger", roleArn("pods"));
    Explanation explanation = explain(account);
    assertEquals(Verdict.BROKEN, explanation.verdict());
    List<Finding> findings =
        new Auditor(Rules.all())
            .audit(account.build(), Settings.DEFAULTS, TestAccount.NOW)
            .findings();
    assertTrue(findings.contains(explanation.cause().orElseThrow()), findings.toString());
    assertEquals("association-trust-condition-mismatch", explanation.cause().orElseThrow().rule());
  }

  @Test
  void aMissingAgentIsTheCause() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .onCluster("prod", ClusterEdits.addons(List.of()))
                .role(
                    "pods",
                    Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                .association("prod", "payments", "ledger", roleArn("pods")));
    assertEquals(Step.Status.BROKEN, step(explanation, ExplainStep.ENDPOINT).status());
    assertEquals("association-agent-missing", explanation.cause().orElseThrow().rule());
  }

  @Test
  void anAgentWhosePodsAreReadyNeedsNoAddon() {
    assertEquals(Verdict.WORKS, explain(withOwnAgent(Optional.of(true))).verdict());
    Explanation starting = explain(withOwnAgent(Optional.of(false)));
    assertEquals(Step.Status.UNKNOWN, step(starting, ExplainStep.ENDPOINT).status());
  }

  /// No pod needs the agent yet, so that no rule looks at it.
  private static TestAccount withOwnAgent(Optional<Boolean> ready) {
    Pod.Owner daemonSet = new Pod.Owner("DaemonSet", "eks-pod-identity-agent");
    return account()
        .cluster("prod")
        .onCluster("prod", ClusterEdits.addons(List.of()))
        .role("ledger", Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", ROLE)
        .serviceAccount("prod", "payments", "ledger")
        .pod(
            "prod",
            "kube-system",
            "eks-pod-identity-agent",
            "default",
            pod ->
                PodEdits.owner(Optional.of(daemonSet)).andThen(PodEdits.ready(ready)).apply(pod));
  }

  @Test
  void nodesOutsideNodeGroupsMayRunWithARoleThatDoesNotLetTheAgentAsk() {
    String worker = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";
    Explanation lacking = explain(withKarpenterNodes(List.of()));
    assertEquals(Verdict.UNKNOWN, lacking.verdict());
    assertTrue(
        step(lacking, ExplainStep.ENDPOINT).evidence().contains("role/KarpenterNodeRole-prod"));
    assertEquals(Verdict.WORKS, explain(withKarpenterNodes(List.of(worker))).verdict());
  }

  private static final String EC2 =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
      """;

  private static TestAccount withKarpenterNodes(List<String> policies) {
    return account()
        .cluster("prod")
        .role("ledger", Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", ROLE)
        .serviceAccount("prod", "payments", "ledger")
        .role("KarpenterNodeRole-prod", EC2, RoleEdits.attachedPolicies(policies));
  }

  @Test
  void aServiceAccountThatATrustNamesAndNothingBindsIsBroken() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT))
                .serviceAccount("prod", "payments", "ledger")
                .pod("prod", "payments", "ledger", "ledger"));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("service-account-not-annotated", explanation.cause().orElseThrow().rule());
    assertEquals(Optional.of(ROLE), explanation.role());
  }

  @Test
  void aServiceAccountThatNothingIsAboutIsUnbound() {
    TestAccount account =
        account()
            .cluster("prod")
            .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT.replace("ledger", "other")))
            .serviceAccount("prod", "payments", "ledger");
    Explanation explanation = explain(account);
    assertEquals(Verdict.UNBOUND, explanation.verdict());
    assertEquals(Optional.empty(), explanation.mechanism());
    assertEquals(Optional.empty(), explanation.cause());
    Explanation expected = explain(account, Optional.of(ROLE));
    assertEquals(Verdict.BROKEN, expected.verdict());
    assertEquals("service-account-not-annotated", expected.cause().orElseThrow().rule());
    assertEquals(Step.Status.BROKEN, step(expected, ExplainStep.TRUST).status());
  }

  @Test
  void anAssociationForAnotherNamespaceIsNamedWhereNothingBinds() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .role("app", Trusts.podIdentity(TestAccount.clusterArn("prod"), "kube", "ledger"))
                .association("prod", "kube", "ledger", roleArn("app"))
                .association("prod", "kube", "other", roleArn("app"))
                .serviceAccount("prod", "payments", "ledger"));
    assertEquals(Verdict.UNBOUND, explanation.verdict());
    String evidence = step(explanation, ExplainStep.BINDING).evidence();
    assertTrue(evidence.endsWith(" is for kube/ledger"), evidence);
    assertFalse(evidence.contains("kube/other"), evidence);
  }

  @Test
  void aServiceAccountThatACompletelyReadClusterDoesNotHaveIsBroken() {
    Explanation explanation =
        explain(annotated(), "system:serviceaccount:payments:leger", Optional.empty(), Rules.all());
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("service-account-missing", explanation.cause().orElseThrow().rule());
    assertTrue(
        step(explanation, ExplainStep.BINDING)
            .evidence()
            .contains("did you mean payments/ledger?"));
  }

  @Test
  void anAssociationWithoutItsServiceAccountIsBroken() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .kubernetes("prod")
                .role(
                    "pods",
                    Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                .association("prod", "payments", "ledger", roleArn("pods")));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("service-account-missing", explanation.cause().orElseThrow().rule());
    assertEquals(Step.Status.OK, step(explanation, ExplainStep.TRUST).status());
  }

  @Test
  void anAnnotationMayBeLeftAsideWhereAssociationsWereNotRead() {
    Explanation explanation =
        explain(
            annotated()
                .coverage(
                    Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "prod"),
                    new Coverage.Failed("AccessDenied", Optional.empty())));
    assertEquals(Verdict.UNKNOWN, explanation.verdict());
    assertEquals(Step.Status.UNKNOWN, step(explanation, ExplainStep.BINDING).status());
  }

  @Test
  void aMisspeltAnnotationKeyIsTheCause() {
    Explanation explanation =
        explain(
            account()
                .cluster("prod")
                .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT))
                .serviceAccount(
                    "prod", "payments", "ledger", Map.of("eks.amazonaws.com/role_arn", ROLE)));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("annotation-wrong-key", explanation.cause().orElseThrow().rule());
  }

  @Test
  void boundToAnotherRoleThanExpectedIsBroken() {
    Explanation explanation = explain(annotated(), Optional.of(roleArn("other")));
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals(Step.Status.BROKEN, step(explanation, ExplainStep.BINDING).status());
    assertTrue(step(explanation, ExplainStep.BINDING).evidence().contains(ROLE));
  }

  @Test
  void aRoleOfAnotherAccountIsUnknown() {
    String foreign = "arn:aws:iam::444455556666:role/shared";
    Explanation explanation =
        explain(account().cluster("prod").annotated("prod", "payments", "ledger", foreign));
    assertEquals(Verdict.UNKNOWN, explanation.verdict(), explanation.toString());
    assertEquals(Step.Status.UNKNOWN, step(explanation, ExplainStep.PROVIDER).status());
    assertTrue(step(explanation, ExplainStep.ROLE).evidence().contains("444455556666"));
  }

  @Test
  void aRuleThatIsSwitchedOffDoesNotMendTheWay() {
    List<Rule> others =
        Rules.all().stream().filter(rule -> !rule.id().equals("provider-missing")).toList();
    Explanation explanation =
        explain(annotated().withoutProvider(issuer("prod")), SUBJECT, Optional.empty(), others);
    assertEquals(Verdict.BROKEN, explanation.verdict());
    assertEquals("provider-missing", explanation.cause().orElseThrow().rule());
  }

  @Test
  void whatNobodyAskedIsNotInOrder() {
    List<Rule> others =
        Rules.all().stream().filter(rule -> !rule.id().equals("pod-static-credentials")).toList();
    Explanation explanation = explain(annotated(), SUBJECT, Optional.empty(), others);
    assertEquals(Verdict.UNKNOWN, explanation.verdict());
    assertEquals(
        "not checked: pod-static-credentials was not asked",
        step(explanation, ExplainStep.SHADOWING).evidence());
  }

  @Test
  void whatIsUndecidedAtTheServiceAccountIsNotInOrder() {
    Explanation explanation =
        explain(
            annotated()
                .coverage(
                    Scope.cluster(Scope.Kind.PODS, TestAccount.REGION, "prod"),
                    new Coverage.Failed("refused", Optional.empty())));
    assertEquals(Verdict.UNKNOWN, explanation.verdict());
  }

  @Test
  void aNameThatNothingKnowsIsUnheardOf() {
    Inventory inventory = annotated().serviceAccount("prod", "payments", "bare").build();
    AuditContext context = AuditContext.of(inventory, Settings.DEFAULTS, TestAccount.NOW);
    Explainer explainer =
        new Explainer(
            context, new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW));
    Cluster cluster = inventory.clusters().getFirst();
    assertTrue(explainer.isUnheardOf(cluster, "system:serviceaccount:payments:ledgr"));
    assertFalse(explainer.isUnheardOf(cluster, SUBJECT));
    assertFalse(explainer.isUnheardOf(cluster, "system:serviceaccount:payments:bare"));
    Inventory trusting =
        account()
            .cluster("prod")
            .kubernetes("prod")
            .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT))
            .build();
    Explainer other =
        new Explainer(
            AuditContext.of(trusting, Settings.DEFAULTS, TestAccount.NOW),
            new Auditor(Rules.all()).audit(trusting, Settings.DEFAULTS, TestAccount.NOW));
    assertFalse(other.isUnheardOf(trusting.clusters().getFirst(), SUBJECT));
  }
}
