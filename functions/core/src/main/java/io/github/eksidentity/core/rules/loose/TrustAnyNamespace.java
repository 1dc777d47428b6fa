package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.SubjectPattern;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;
import java.util.Optional;

/// Flags a pattern that admits one service account name in whatever namespace.
public final class TrustAnyNamespace implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-any-namespace",
              Severity.HIGH,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Service account of this name is admitted in any namespace")
          .why(
              "The wildcard stands for the namespace. It is often written so that"
                  + " preview environments work without a change of the trust.")
          .risk(
              "Who may create a namespace, or a service account of that name in any"
                  + " namespace, has the role's permissions. The name default exists in every"
                  + " namespace.")
          .remediation("Name the namespaces, or give the environments a role of their own.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return LooseStatements.judgePatterns(
        role, context, TrustAnyNamespace::observe, evidence -> violated(role, evidence, context));
  }

  private static Optional<Evidence> observe(AdmittingStatement admitted, SubjectPattern pattern) {
    return pattern
        .nameInAnyNamespace()
        .filter(_ -> !pattern.coversAll())
        .map(
            name ->
                LooseStatements.at(
                    admitted, pattern, "admits the service account " + name + " of any namespace"));
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            evidence.stream().anyMatch(TrustAnyNamespace::isDefault)
                ? Severity.CRITICAL
                : METADATA.severity(),
            "A service account of the right name in any namespace can assume role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide in which namespaces the service account needs the role.",
                "List them: \"StringEquals\": {\"<issuer>:sub\":"
                    + " [\"system:serviceaccount:<namespace>:<name>\", …]}",
                "For environments that come and go, bind the service account by EKS Pod"
                    + " Identity when the namespace is made"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }

  private static boolean isDefault(Evidence evidence) {
    return evidence
        .value()
        .map(SubjectPattern::new)
        .filter(value -> value.named("default"))
        .isPresent();
  }
}
