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
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;
import java.util.Optional;

/// Flags a statement whose conditions leave the subject of the token open.
public final class TrustNoSubject implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-no-subject",
              Severity.CRITICAL,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "No condition on the subject: every service account is admitted")
          .why(
              "The statement tests the audience, or something else, but not"
                  + " <issuer>:sub. Every token of the cluster that the webhook projects"
                  + " carries the audience sts.amazonaws.com. eksctl writes such a trust for"
                  + " a role that it makes without a service account.")
          .risk(
              "Any service account of the cluster can become the role: it needs no more"
                  + " than an annotation with the role's ARN, or a token from the"
                  + " TokenRequest API.")
          .remediation("Add a condition on <issuer>:sub that names the service account.")
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
    return LooseStatements.judge(
        role, context, TrustNoSubject::observe, evidence -> violated(role, evidence, context));
  }

  private static List<Evidence> observe(AdmittingStatement admitted) {
    if (!Openness.of(admitted).equals(Optional.of(Openness.NO_SUBJECT))) {
      return List.of();
    }
    return List.of(
        Evidence.in(admitted.statement(), "no condition tests " + admitted.subjectKey())
            .withKey(admitted.subjectKey())
            .withClaim(Subject.PREFIX + "<any namespace>:<any name>"));
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "No condition on the subject: every service account can assume role " + role.name(),
            evidence,
            Remediation.decide(
                "Decide which service accounts need the role; which ones do is not in the"
                    + " account's data.",
                "Add beside the conditions that are there: \"StringEquals\":"
                    + " {\"<issuer>:sub\": \"system:serviceaccount:<namespace>:<name>\"}"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
