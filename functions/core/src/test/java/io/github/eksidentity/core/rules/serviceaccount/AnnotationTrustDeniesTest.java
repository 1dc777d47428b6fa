package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AnnotationTrustDeniesTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationTrustDeniesTest() {
    super(new AnnotationTrustDenies());
  }

  @Test
  void namesTheAudienceAndNotTheSubjectWhereOnlyTheAudienceIsWrong() {
    List<Evidence> evidence =
        evidence(irsa(issuer("prod"), LEDGER).replace("sts.amazonaws.com", "vault.internal"));
    assertEquals(
        List.of(Optional.of("vault.internal")), evidence.stream().map(Evidence::value).toList());
  }

  @Test
  void namesNoPatternThatMatchesTheSubject() {
    List<Evidence> evidence =
        evidence(
            Trusts.policy(
                Trusts.web(
                    issuer("prod"),
                    """
                    {"StringLike": {"%1$s:sub": "system:serviceaccount:payments:*"},
                     "StringNotEquals": {"%1$s:sub": "%2$s"}}\
                    """
                        .formatted(issuer("prod"), LEDGER))));
    assertEquals(
        List.of("StringNotEquals does not hold for the token"),
        evidence.stream().map(Evidence::summary).toList());
  }

  private static List<Evidence> evidence(String trust) {
    Inventory inventory = with(trust).build();
    Assessment assessment =
        new Auditor(List.of(new AnnotationTrustDenies()))
            .audit(inventory, Settings.DEFAULTS, TestAccount.NOW);
    return assessment.findings().stream()
        .filter(finding -> finding.resource().equals("payments/ledger"))
        .findFirst()
        .orElseThrow()
        .evidence();
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a typing error in the subject of the trust policy")
            .in(with(irsa(issuer("prod"), "system:serviceaccount:payments:ledgr")))
            .at("payments/ledger")
            .saying("system:serviceaccount:payments:ledgr")
            .saying("Not authorized to perform sts:AssumeRoleWithWebIdentity")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("another service account: whom to admit is for people to decide")
            .in(
                with(irsa(issuer("prod"), "system:serviceaccount:payments:api"))
                    .annotated("prod", "payments", "api", roleArn("app"))
                    .pod("prod", "payments", "api", "api"))
            .at("payments/ledger")
            .saying("system:serviceaccount:payments:api"),
        flags("the trust of another cluster")
            .in(
                with(irsa(issuer("test"), LEDGER))
                    .cluster("test")
                    .annotated("test", "payments", "ledger", roleArn("app"))
                    .pod("test", "payments", "ledger", "ledger"))
            .at("payments/ledger")
            .saying("no statement names the provider of cluster prod"),
        flags("a role that is meant for Pod Identity")
            .in(
                with(Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "api"))
                    .serviceAccount("prod", "payments", "api")
                    .association("prod", "payments", "api", roleArn("app"))
                    .pod("prod", "payments", "api", "api"))
            .at("payments/ledger"),
        undecided("a condition on the address of the caller")
            .in(
                with(
                    Trusts.policy(
                        Trusts.web(
                            issuer("prod"),
                            "{\"StringEquals\": {\"%1$s:sub\": \"%2$s\", \"%1$s:aud\": \"sts.amazonaws.com\"}, \"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}"
                                .formatted(issuer("prod"), LEDGER)))))
            .at(TestAccount.clusterArn("prod") + "/serviceaccount/payments/ledger"),
        accepts("the exact subject").in(with(irsa(issuer("prod"), LEDGER))),
        accepts("an annotation that an association overrides")
            .in(
                with(irsa(issuer("prod"), "system:serviceaccount:payments:api"))
                    .annotated("prod", "payments", "api", roleArn("app"))
                    .pod("prod", "payments", "api", "api")
                    .role(
                        "pods",
                        Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("pods")))
            .alsoFinding("binding-both-mechanisms"));
  }

  private static TestAccount with(String trust) {
    return account()
        .cluster("prod")
        .role("app", trust)
        .annotated("prod", "payments", "ledger", roleArn("app"))
        .pod("prod", "payments", "ledger", "ledger");
  }
}
