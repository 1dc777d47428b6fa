package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustSize;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;

/// Flags a trust policy that can hardly grow.
public final class TrustSizeNearLimit implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-size-near-limit",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.BROKEN_TRUST,
              "The trust policy is nearly as long as it may be")
          .why(
              "A trust policy may have 2048 characters, white space not counted; the limit can be"
                  + " raised to 4096. Each cluster takes a statement of about 400: four fit, eight"
                  + " after an increase. From which part of the limit on this is reported can be"
                  + " set.")
          .risk(
              "The next cluster or service account cannot be added (LimitExceeded: Cannot exceed"
                  + " quota for ACLSizePerRole), mostly in the middle of a migration. High once the"
                  + " limit is reached.")
          .remediation(
              "Give applications or clusters roles of their own, join statements that differ in"
                  + " their subjects only, move to EKS Pod Identity, which needs one statement for"
                  + " all clusters, or ask for a higher limit.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html")
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    if (!context.index().trust(role).forPods()
        || !TrustSize.isNear(role.trustDocument(), context)) {
      return Verdict.satisfied();
    }
    int size = TrustPolicyParser.size(role.trustDocument());
    int limit = TrustSize.limit(context);
    return size > limit && TrustSize.known(context).isEmpty()
        ? Verdict.undecided(
            "the account's limit was raised above "
                + limit
                + ", as the policy has "
                + size
                + " characters, and how far was not read")
        : violated(role, size, limit, context);
  }

  private static Verdict violated(Role role, int size, int limit, AuditContext context) {
    return Verdict.violated(
            size >= limit ? Severity.HIGH : METADATA.severity(),
            "The trust policy of role "
                + role.name()
                + (size >= limit ? " cannot grow" : " can hardly grow"),
            List.of(
                Evidence.of(size + " characters of at most " + limit + ", white space not counted")
                    .withKey("AssumeRolePolicyDocument")
                    .withValue(String.valueOf(size))),
            Remediation.decide(
                "Decide how to make room.",
                "Make a role for each application or cluster.",
                "Join statements of one provider that differ in their subjects only: a condition"
                    + " takes a list of values.",
                "Move to EKS Pod Identity: one statement serves every cluster.",
                "Ask for a higher limit, at most "
                    + TrustPolicyParser.MAXIMUM_SIZE_LIMIT
                    + ": Service Quotas, AWS Identity and Access Management, Role trust policy"
                    + " length."))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
