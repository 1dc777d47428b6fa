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

/// Flags a pattern that admits every service account of a namespace.
public final class TrustAnyServiceAccount implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-any-service-account",
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "Every service account of a namespace is admitted")
          .why(
              "The wildcard stands for the whole name. The EKS guide documents this"
                  + " form for a namespace that is itself the boundary.")
          .risk(
              "Every pod of the namespace can have the role's permissions, also one"
                  + " that runs as default, and who may create pods there decides who has"
                  + " them. kube-system holds the controllers of the whole cluster.")
          .remediation(
              "Name the service accounts, unless everything in the namespace is meant"
                  + " to have the role.")
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
        role,
        context,
        TrustAnyServiceAccount::observe,
        evidence -> violated(role, evidence, context));
  }

  private static Optional<Evidence> observe(AdmittingStatement admitted, SubjectPattern pattern) {
    return pattern
        .namespaceOfAnyName()
        .map(
            namespace ->
                LooseStatements.at(
                    admitted,
                    pattern,
                    "admits every service account of the namespace " + namespace));
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            evidence.stream().anyMatch(TrustAnyServiceAccount::isSystem)
                ? Severity.HIGH
                : METADATA.severity(),
            "Every service account of a namespace can assume role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide which service accounts of the namespace need the role.",
                "List them: \"StringEquals\": {\"<issuer>:sub\":"
                    + " [\"system:serviceaccount:<namespace>:<name>\", …]}",
                "If the namespace is the boundary, mute the finding with that reason"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }

  private static boolean isSystem(Evidence evidence) {
    return evidence
        .value()
        .flatMap(value -> new SubjectPattern(value).namespace())
        .filter(namespace -> namespace.equals("kube-system"))
        .isPresent();
  }
}
