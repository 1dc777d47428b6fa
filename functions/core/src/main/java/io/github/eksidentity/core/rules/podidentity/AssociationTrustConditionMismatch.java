package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.json.Position;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Flags an association that the conditions of its role's trust policy shut out.
public final class AssociationTrustConditionMismatch implements Rule.OnAssociation {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "association-trust-condition-mismatch";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The conditions of the trust policy do not hold for the association")
          .why(
              "The trust policy names the service of Pod Identity with conditions on the session"
                  + " tags or the source of the call, and the association has other values. Tags"
                  + " come as aws:RequestTag, not as aws:PrincipalTag; keys of OIDC tokens never"
                  + " come; and with session tags switched off no tag comes at all.")
          .risk("The pods of the service account get no credentials.")
          .remediation("Make the condition's values those of the association, or the reverse.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html",
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .breaks(ExplainStep.TRUST)
          .needs(Need.ASSOCIATIONS, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfAssociation subject, AuditContext context) {
    Optional<AssociationTrust> found = AssociationTrust.of(subject, context);
    if (found.isEmpty()) {
      return Verdict.satisfied();
    }
    AssociationTrust carrier = found.get();
    List<ConditionMismatch> mismatches = ConditionMismatch.of(carrier);
    if (mismatches.isEmpty()) {
      return ConditionMismatch.unknown(carrier)
          .map(Verdict::undecided)
          .orElseGet(Verdict::satisfied);
    }
    Set<Position> cause = ConditionMismatch.cause(mismatches);
    Predicate<AssociationTrust> same =
        other -> ConditionMismatch.cause(ConditionMismatch.of(other)).equals(cause);
    if (!carrier.leads(context, same)) {
      return Verdict.satisfied();
    }
    List<AssociationTrust> concerned = carrier.neighbours(context, same).toList();
    return Associations.violated(
        carrier,
        METADATA.severity(),
        "The trust policy of role "
            + carrier.trust().role().name()
            + " does not let "
            + carrier.association().namespace()
            + "/"
            + carrier.association().serviceAccount()
            + " of cluster "
            + subject.cluster().name()
            + " in",
        mismatches.stream().map(mismatch -> mismatch.evidence(carrier)).toList(),
        concerned,
        new ConditionRepair(carrier, concerned, context).remediation(mismatches));
  }
}
