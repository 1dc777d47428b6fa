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
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;
import java.util.Optional;

/// Flags a statement that lets an EKS provider in without any condition.
public final class TrustNoCondition implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-no-condition";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "EKS provider is trusted without any condition")
          .why(
              "The statement names the cluster's OIDC provider and nothing else, so STS"
                  + " accepts every token that the provider vouches for. An example in the"
                  + " EKS guide has this form.")
          .risk(
              "Every service account of the cluster can become the role, with a token"
                  + " of any audience that the provider accepts: who may create a pod in any"
                  + " namespace has the role's permissions.")
          .remediation(
              "Add a condition on the subject and the audience that names the service"
                  + " account.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return LooseStatements.judge(
        role, context, TrustNoCondition::observe, evidence -> violated(role, evidence, context));
  }

  private static List<Evidence> observe(AdmittingStatement admitted) {
    if (!Openness.of(admitted).equals(Optional.of(Openness.NO_CONDITION))) {
      return List.of();
    }
    return List.of(
        Evidence.in(admitted.statement(), "allows the provider and has no Condition")
            .withKey("Principal.Federated")
            .withValue(admitted.door().principal().value()));
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "Every service account of the cluster can assume role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide which service accounts need the role; which ones do is not in the"
                    + " account's data.",
                "Name them: \"StringEquals\": {\"<issuer>:sub\":"
                    + " [\"system:serviceaccount:<namespace>:<name>\", …], \"<issuer>:aud\":"
                    + " \"sts.amazonaws.com\"}"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
