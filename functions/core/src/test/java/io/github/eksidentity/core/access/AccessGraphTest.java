package io.github.eksidentity.core.access;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.access.Edge.Status;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class AccessGraphTest {
  private static final String SUBJECT = "system:serviceaccount:payments:ledger";

  private static List<Edge> edges(TestAccount account) {
    Inventory inventory = account.build();
    return AccessGraph.of(
        AuditContext.of(inventory, Settings.DEFAULTS, TestAccount.NOW),
        new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW));
  }

  private static Edge only(TestAccount account) {
    List<Edge> edges = edges(account);
    assertEquals(1, edges.size(), edges.toString());
    return edges.getFirst();
  }

  private static String like(String subject) {
    return Trusts.policy(
        Trusts.web(
            issuer("prod"),
            """
            {"StringLike": {"%1$s:sub": "%2$s"}, "StringEquals": {"%1$s:aud": "sts.amazonaws.com"}}\
            """
                .formatted(issuer("prod"), subject)));
  }

  @Test
  void anAssociationIsADeclaredAndAdmittedEdge() {
    Edge edge =
        only(
            account()
                .cluster("prod")
                .role("ledger", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                .association("prod", "payments", "ledger", roleArn("ledger")));
    assertEquals("payments/ledger", edge.serviceAccount());
    assertEquals(Mechanism.POD_IDENTITY, edge.mechanism());
    assertEquals(new Edge.Place("prod", Optional.of("eu-west-1")), edge.place());
    assertEquals(Truth.YES, edge.declared());
    assertEquals(Truth.YES, edge.admitted());
    assertEquals(Status.WORKS, edge.status());
    assertEquals(Rights.READ, edge.rights());
  }

  @Test
  void anAssociationThatTheTrustShutsOutIsBroken() {
    List<Edge> edges =
        edges(
            account()
                .cluster("prod")
                .role("ledger", Trusts.podIdentity(clusterArn("prod"), "payments", "other"))
                .association("prod", "payments", "ledger", roleArn("ledger")));
    assertEquals(
        List.of("payments/ledger", "payments/other"),
        edges.stream().map(Edge::serviceAccount).toList());
    assertEquals(Truth.NO, edges.getFirst().admitted());
    assertEquals(Status.BROKEN, edges.getFirst().status());
    assertEquals(Truth.NO, edges.getLast().declared());
    assertEquals(Truth.YES, edges.getLast().admitted());
  }

  @Test
  void anUnscopedTrustMakesTheEdgeLooseAndOneEdgeOfEverybody() {
    List<Edge> edges =
        edges(
            account()
                .cluster("prod")
                .role("ledger", Trusts.POD_IDENTITY)
                .association("prod", "payments", "ledger", roleArn("ledger")));
    assertEquals(
        List.of("payments/ledger", "*/*"), edges.stream().map(Edge::serviceAccount).toList());
    assertTrue(edges.stream().allMatch(edge -> edge.status() == Status.LOOSE), edges.toString());
    assertEquals("*", edges.getLast().place().name());
    assertEquals(Truth.NO, edges.getLast().declared());
  }

  @Test
  void aNameInATrustIsAnEdgeWhoseBindingIsKnownWhereTheClusterWasRead() {
    TestAccount account =
        account().cluster("prod").role("ledger", Trusts.irsa(issuer("prod"), SUBJECT));
    assertEquals(Truth.UNKNOWN, only(account).declared());
    assertEquals(Truth.YES, only(account).admitted());
    assertEquals(Truth.NO, only(account.kubernetes("prod")).declared());
    Edge bound = only(account.annotated("prod", "payments", "ledger", roleArn("ledger")));
    assertEquals(Truth.YES, bound.declared());
    assertEquals(Status.WORKS, bound.status());
  }

  @Test
  void anAnnotationThatTheTrustShutsOutIsBroken() {
    Edge edge =
        edges(
                account()
                    .cluster("prod")
                    .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT + "2"))
                    .annotated("prod", "payments", "ledger", roleArn("ledger")))
            .getFirst();
    assertEquals(SUBJECT, edge.subject());
    assertEquals(Truth.NO, edge.admitted());
    assertEquals(Status.BROKEN, edge.status());
  }

  @Test
  void aPatternIsOneEdgeBesideThoseThatItCovers() {
    List<Edge> edges =
        edges(
            account()
                .cluster("prod")
                .role("ledger", like("system:serviceaccount:payments:*"))
                .annotated("prod", "payments", "ledger", roleArn("ledger")));
    assertEquals(
        List.of("payments/*", "payments/ledger"),
        edges.stream().map(Edge::serviceAccount).toList());
    assertTrue(edges.getFirst().covers(SUBJECT));
    assertFalse(edges.getFirst().covers("system:serviceaccount:other:ledger"));
    assertTrue(edges.stream().allMatch(edge -> edge.status() == Status.LOOSE), edges.toString());
  }

  @Test
  void withoutProviderNobodyGetsInAndUnreadProvidersLeaveItOpen() {
    TestAccount account =
        account()
            .cluster("prod")
            .withoutProvider(issuer("prod"))
            .role("ledger", Trusts.irsa(issuer("prod"), SUBJECT));
    assertEquals(List.of(), edges(account));
    Edge edge =
        only(
            account.coverage(
                Scope.account(Scope.Kind.OIDC),
                new Coverage.Failed("AccessDenied", Optional.empty())));
    assertEquals(Truth.UNKNOWN, edge.admitted());
    assertEquals(Status.UNKNOWN, edge.status());
  }

  @Test
  void rightsAreThoseOfTheLastRole() {
    List<Edge> edges =
        edges(
            account()
                .cluster("prod")
                .role("ledger", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                .association(
                    "prod",
                    "payments",
                    "ledger",
                    roleArn("ledger"),
                    AssociationEdits.targetRoleArn(
                        Optional.of("arn:aws:iam::444455556666:role/there"))));
    assertEquals(
        Optional.of("arn:aws:iam::444455556666:role/there"), edges.getFirst().targetRole());
    assertEquals(Rights.UNKNOWN, edges.getFirst().rights());
  }

  @Test
  void rightsAtAGlance() {
    assertEquals(Rights.ADMIN, rights("\"*\""));
    assertEquals(Rights.WRITE, rights("\"s3:*\""));
    assertEquals(Rights.WRITE, rights("[\"s3:Get*\", \"sqs:SendMessage\"]"));
    assertEquals(Rights.READ, rights("[\"s3:Get*\", \"ec2:Describe*\"]"));
  }

  /// What a role may do is another column than who gets in.
  @Test
  void aPrivilegedRoleWithATightTrustIsNotLoose() {
    UnaryOperator<Role> administrator =
        RoleEdits.attachedPolicies(List.of("arn:aws:iam::aws:policy/AdministratorAccess"));
    TestAccount account =
        account()
            .cluster("prod")
            .role("token", Trusts.irsa(issuer("prod"), SUBJECT), administrator)
            .annotated("prod", "payments", "ledger", roleArn("token"))
            .role("named", Trusts.irsa(issuer("prod"), SUBJECT), administrator)
            .role("pods", Trusts.podIdentity(clusterArn("prod"), "payments", "api"), administrator)
            .serviceAccount("prod", "payments", "api")
            .association("prod", "payments", "api", roleArn("pods"))
            .role(
                "others",
                Trusts.podIdentity(clusterArn("prod"), "payments", "batch"),
                administrator);
    List<Edge> edges = edges(account);
    assertEquals(
        List.of(roleArn("named"), roleArn("others"), roleArn("pods"), roleArn("token")),
        edges.stream().map(Edge::role).sorted().toList());
    for (Edge edge : edges) {
      assertEquals(Rights.ADMIN, edge.rights(), edge.toString());
      assertEquals(Status.WORKS, edge.status(), edge.toString());
    }
  }

  private static Rights rights(String action) {
    return only(account()
            .cluster("prod")
            .role(
                "ledger",
                Trusts.irsa(issuer("prod"), SUBJECT),
                RoleEdits.inlinePolicies(
                    List.of(
                        new PolicyDocument(
                            "p",
                            "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
                                + " \"Action\": "
                                + action
                                + ", \"Resource\": \"*\"}]}")))))
        .rights();
  }

  @Test
  void everyAnnotationOfALargeClusterIsOneEdge() {
    TestAccount account = account().cluster("prod");
    for (int i = 0; i < 300; i++) {
      account.role("r" + i, Trusts.irsa(issuer("prod"), SUBJECT + i));
      account.annotated("prod", "payments", "ledger" + i, roleArn("r" + i));
    }
    List<Edge> edges = edges(account);
    assertEquals(300, edges.size());
    assertTrue(edges.stream().allMatch(edge -> edge.declared() == Truth.YES));
  }
}
