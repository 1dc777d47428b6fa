package io.github.eksidentity.core.access;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EdgeChangesTest {
  private static EdgeChanges.State state(TestAccount account) {
    Inventory inventory = account.build();
    return new EdgeChanges.State(
        Sight.of(inventory.coverage(), Coverage::isComplete),
        AccessGraph.of(
            AuditContext.of(inventory, Settings.DEFAULTS, TestAccount.NOW),
            new Auditor(Rules.all()).audit(inventory, Settings.DEFAULTS, TestAccount.NOW)));
  }

  private static TestAccount before() {
    return account()
        .cluster("prod")
        .role("ledger", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("ledger"));
  }

  private static TestAccount after() {
    return before().association("prod", "payments", "other", roleArn("ledger"));
  }

  private static List<String> names(List<Edge> edges) {
    return edges.stream().map(Edge::serviceAccount).toList();
  }

  @Test
  void whatCameIsAddedAndTheOtherWayRoundRemoved() {
    EdgeChanges forth = EdgeChanges.of(state(before()), state(after()));
    assertEquals(List.of("payments/other"), names(forth.added()));
    assertEquals(List.of(), forth.removed());
    EdgeChanges back = EdgeChanges.of(state(after()), state(before()));
    assertEquals(List.of(), back.added());
    assertEquals(List.of("payments/other"), names(back.removed()));
    assertTrue(EdgeChanges.of(state(after()), state(after())).isEmpty());
  }

  @Test
  void whatWasNotReadIsNeitherNewNorGone() {
    Scope associations = Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "prod");
    Coverage denied =
        new Coverage.Failed("AccessDenied", Optional.of("eks:ListPodIdentityAssociations"));
    EdgeChanges forth =
        EdgeChanges.of(state(before().coverage(associations, denied)), state(after()));
    assertEquals(List.of(), forth.added());
    assertEquals(List.of("payments/other"), names(forth.unverified()));
    EdgeChanges back =
        EdgeChanges.of(state(after()), state(before().coverage(associations, denied)));
    assertEquals(List.of(), back.removed());
    assertEquals(List.of("payments/other"), names(back.unverified()));
  }

  @Test
  void theEdgesOfAClusterThatIsGoneAreGone() {
    EdgeChanges changes =
        EdgeChanges.of(
            state(before()),
            state(
                account()
                    .cluster("other")
                    .role("ledger", Trusts.irsa(issuer("other"), "system:serviceaccount:a:b"))));
    assertEquals(List.of("payments/ledger"), names(changes.removed()));
    assertEquals(List.of("a/b"), names(changes.added()));
    assertEquals(List.of(), changes.unverified());
  }

  @Test
  void aClusterWhoseRegionWasNotReadIsStillTheSame() {
    String trust = Trusts.irsa(issuer("prod"), "system:serviceaccount:a:b");
    Coverage denied = new Coverage.Failed("AccessDenied", Optional.of("eks:ListClusters"));
    EdgeChanges.State read = state(account().cluster("prod").role("ledger", trust));
    EdgeChanges.State unread =
        state(
            account()
                .provider(issuer("prod"))
                .role("ledger", trust)
                .coverage(Scope.region("eu-west-1"), denied));
    assertEquals(1, unread.edges().size());
    assertTrue(EdgeChanges.of(read, unread).isEmpty());
    assertTrue(EdgeChanges.of(unread, read).isEmpty());
  }

  @Test
  void whatMayBeThereForWantOfFactsIsNotNew() {
    String trust = Trusts.irsa(issuer("prod"), "system:serviceaccount:a:b");
    Coverage denied = new Coverage.Failed("AccessDenied", Optional.empty());
    TestAccount without =
        account().cluster("prod").role("ledger", trust).withoutProvider(issuer("prod"));
    EdgeChanges.State read = state(without);
    EdgeChanges.State unread = state(without.coverage(Scope.account(Scope.Kind.OIDC), denied));
    assertEquals(List.of(), read.edges());
    assertEquals(List.of(), EdgeChanges.of(read, unread).added());
    assertEquals(List.of(), EdgeChanges.of(unread, read).removed());
  }
}
