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

/// Flags a trust that names the service account `default`.
public final class TrustDefaultServiceAccount implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-default-service-account",
              Severity.HIGH,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "The namespace's default service account is admitted by name")
          .why(
              "Kubernetes gives every pod that names no service account the one called"
                  + " default, which it makes in each namespace.")
          .risk(
              "Every pod of the namespace that does not ask for another identity can"
                  + " have the role's permissions, those of a debugging session or of a chart"
                  + " installed tomorrow included.")
          .remediation("Give the application a service account of its own and name that one.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
              "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM)
          .yieldsTo("trust-any-namespace")
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
        TrustDefaultServiceAccount::observe,
        evidence -> violated(role, evidence, context));
  }

  private static Optional<Evidence> observe(AdmittingStatement admitted, SubjectPattern pattern) {
    return pattern.named("default")
        ? Optional.of(
            LooseStatements.at(
                admitted,
                pattern,
                "names the service account that pods get when they ask for none"))
        : Optional.empty();
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "The default service account can assume role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide which workload needs the role and give it a service account of"
                    + " its own.",
                "kubectl create serviceaccount <name> --namespace <namespace>; set"
                    + " serviceAccountName in the pod template; then name"
                    + " system:serviceaccount:<namespace>:<name> in the trust"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
