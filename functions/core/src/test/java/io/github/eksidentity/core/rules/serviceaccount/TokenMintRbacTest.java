package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TokenMintRbacTest extends RuleContract {
  private static final Optional<String> CLUSTER = Optional.empty();
  private static final Optional<String> PAYMENTS = Optional.of("payments");
  private static final Rbac.Holder DEVELOPERS =
      new Rbac.Holder("Group", Optional.empty(), "developers");

  TokenMintRbacTest() {
    super(new TokenMintRbac());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a group may make tokens for every service account")
            .in(given(CLUSTER, tokens(List.of()), DEVELOPERS))
            .at(clusterArn("prod"))
            .saying("group developers may make tokens for payments/ledger"),
        flags("the name of the service account is among those that a role names")
            .in(given(PAYMENTS, tokens(List.of("other", "ledger")), DEVELOPERS))
            .at(clusterArn("prod"))
            .saying("RoleBinding payments/given"),
        flags("every verb on everything")
            .in(given(CLUSTER, rule("*", "*", "*"), DEVELOPERS))
            .at(clusterArn("prod"))
            .saying("make tokens for, impersonate, change, run pods as"),
        flags("the subresource of whatever resource")
            .in(given(CLUSTER, rule("", "*/token", "create"), DEVELOPERS))
            .at(clusterArn("prod")),
        flags("users may be impersonated, and a service account is one")
            .in(given(CLUSTER, rule("", "users", "impersonate"), DEVELOPERS))
            .at(clusterArn("prod"))
            .saying("impersonate"),
        flags("everybody who is authenticated is not a component of the system")
            .in(
                given(
                    CLUSTER,
                    rule("", "serviceaccounts", "patch"),
                    new Rbac.Holder("Group", Optional.empty(), "system:authenticated")))
            .at(clusterArn("prod"))
            .saying("may change"),
        flags("another service account may create workloads in the namespace")
            .in(
                given(
                    PAYMENTS,
                    rule("apps", "deployments", "create"),
                    new Rbac.Holder("ServiceAccount", Optional.of("ci"), "runner")))
            .at(clusterArn("prod"))
            .saying("service account ci/runner may run pods as"),
        flags("people who deploy in the namespace")
            .in(given(PAYMENTS, rule("batch", "jobs", "create"), DEVELOPERS))
            .at(clusterArn("prod"))
            .severity(Severity.MEDIUM),
        flags("a service account of Pod Identity")
            .in(
                account()
                    .cluster("prod")
                    .role("app", Trusts.podIdentity(clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("app"))
                    .serviceAccount("prod", "payments", "ledger")
                    .pod("prod", "payments", "ledger", "ledger")
                    .rbac("prod", rbac(CLUSTER, tokens(List.of()), DEVELOPERS)))
            .at(clusterArn("prod")),
        accepts("nobody but components of the system")
            .in(
                given(
                    CLUSTER,
                    rule("*", "*", "*"),
                    new Rbac.Holder("Group", Optional.empty(), "system:masters"),
                    new Rbac.Holder("User", Optional.empty(), "eks:addon-manager"),
                    new Rbac.Holder("User", Optional.empty(), "system:kube-controller-manager"),
                    new Rbac.Holder("ServiceAccount", Optional.of("kube-system"), "job-controller"),
                    new Rbac.Holder(
                        "ServiceAccount", Optional.of("argocd"), "argocd-application-controller"))),
        accepts("other names").in(given(CLUSTER, tokens(List.of("other")), DEVELOPERS)),
        accepts("another namespace").in(given(Optional.of("web"), tokens(List.of()), DEVELOPERS)),
        accepts("the service account itself")
            .in(
                given(
                    PAYMENTS,
                    tokens(List.of("ledger")),
                    new Rbac.Holder("ServiceAccount", PAYMENTS, "ledger"))),
        accepts("creation with names, which Kubernetes never allows")
            .in(
                given(
                    CLUSTER,
                    new Rbac.Rule(
                        List.of(""), List.of("pods"), List.of("create"), List.of("ledger-1")),
                    DEVELOPERS)),
        accepts("rights to read")
            .in(given(CLUSTER, rule("", "serviceaccounts", "list"), DEVELOPERS)),
        accepts("service accounts of another group of APIs")
            .in(given(CLUSTER, rule("example.com", "serviceaccounts", "impersonate"), DEVELOPERS)),
        accepts("no service account has a role")
            .in(
                account()
                    .cluster("prod")
                    .serviceAccount("prod", "payments", "ledger", Map.of())
                    .rbac("prod", rbac(CLUSTER, tokens(List.of()), DEVELOPERS))));
  }

  @Test
  void oneBindingIsOneObservationHoweverManyServiceAccountsItReaches() {
    TestAccount account = account().cluster("prod");
    for (int i = 0; i < 50; i++) {
      account
          .role("app-" + i, irsa(issuer("prod"), "system:serviceaccount:team-" + i + ":app"))
          .annotated("prod", "team-" + i, "app", roleArn("app-" + i))
          .pod("prod", "team-" + i, "app", "app");
    }
    List<Finding> findings =
        new Auditor(Rules.all())
            .audit(
                account.rbac("prod", rbac(CLUSTER, rule("*", "*", "*"), DEVELOPERS)).build(),
                Settings.DEFAULTS,
                TestAccount.NOW)
            .findings();

    assertEquals(List.of("token-mint-rbac"), findings.stream().map(Finding::rule).toList());
    assertEquals(1, findings.getFirst().evidence().size());
  }

  private static TestAccount given(
      Optional<String> namespace, Rbac.Rule rule, Rbac.Holder... holders) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), "system:serviceaccount:payments:ledger"))
        .annotated("prod", "payments", "ledger", roleArn("app"))
        .pod("prod", "payments", "ledger", "ledger")
        .rbac("prod", rbac(namespace, rule, holders));
  }

  private static Rbac rbac(Optional<String> namespace, Rbac.Rule rule, Rbac.Holder... holders) {
    return new Rbac(
        List.of(new Rbac.Role(namespace, "role", false, List.of(rule))),
        List.of(
            new Rbac.Binding(
                namespace, "given", false, namespace.isEmpty(), "role", List.of(holders))));
  }

  private static Rbac.Rule tokens(List<String> names) {
    return new Rbac.Rule(List.of(""), List.of("serviceaccounts/token"), List.of("create"), names);
  }

  private static Rbac.Rule rule(String group, String resource, String verb) {
    return new Rbac.Rule(List.of(group), List.of(resource), List.of(verb), List.of());
  }
}
