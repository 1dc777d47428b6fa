package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Flags an association with session tags whose role does not let the service tag sessions.
public final class AssociationTrustNoTagSession implements Rule.OnAssociation {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "association-trust-no-tag-session";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The associated role does not allow sts:TagSession")
          .why(
              "Pod Identity tags each session with cluster, namespace and service account unless"
                  + " the association switches that off. Tagging is an action of its own:"
                  + " sts:AssumeRole* does not cover it.")
          .risk("The pods of the service account get no credentials.")
          .remediation("Add sts:TagSession to the statement that allows sts:AssumeRole.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html")
          .breaks(ExplainStep.TRUST)
          .needs(Need.ASSOCIATIONS, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfAssociation subject, AuditContext context) {
    Optional<AssociationTrust> found =
        AssociationTrust.of(subject, context).filter(AssociationTrustNoTagSession::uncovered);
    if (found.isEmpty()) {
      return Verdict.satisfied();
    }
    AssociationTrust carrier = found.get();
    return switch (carrier.decide(AssociationTrust.TAG)) {
      case Decision.Allowed _ -> Verdict.satisfied();
      case Decision.Unknown unknown -> Verdict.undecided(unknown.reason());
      case Decision.Denied _ ->
          carrier.leads(context, AssociationTrustNoTagSession::uncovered)
              ? violated(carrier, context)
              : Verdict.satisfied();
    };
  }

  private static boolean uncovered(AssociationTrust one) {
    return !one.association().disableSessionTags()
        && !one.doors(AssociationTrust.ASSUME).isEmpty()
        && one.doors(AssociationTrust.TAG).isEmpty();
  }

  private static Verdict violated(AssociationTrust carrier, AuditContext context) {
    List<Evidence> causes =
        carrier.doors(AssociationTrust.ASSUME).stream()
            .map(
                door ->
                    Evidence.in(door, "the actions do not cover " + AssociationTrust.TAG)
                        .withKey("Action")
                        .withValue(
                            String.join(
                                ", ", door.actions().patterns().stream().map(Text::value).toList()))
                        .withClaim(AssociationTrust.TAG)
                        .withAt(door.actions().at()))
            .toList();
    return Associations.violated(
        carrier,
        METADATA.severity(),
        "Role " + carrier.trust().role().name() + " does not allow sts:TagSession",
        causes,
        carrier.neighbours(context, AssociationTrustNoTagSession::uncovered).toList(),
        remediation(carrier));
  }

  private static Remediation remediation(AssociationTrust carrier) {
    Role role = carrier.trust().role();
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    for (Statement door : carrier.doors(AssociationTrust.ASSUME)) {
      if (door.actions().negated()) {
        return Remediation.decide(
            "The statement allows every action but some; say which ones it is to allow.",
            "Replace NotAction by \"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"]");
      }
      List<String> actions =
          Stream.concat(
                  door.actions().patterns().stream().map(Text::value),
                  Stream.of(AssociationTrust.TAG))
              .toList();
      edit = edit.setActions(door.index(), actions);
    }
    return Remediation.fix(
        "Let the statement allow sts:TagSession too.",
        new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), edit.document()));
  }
}
