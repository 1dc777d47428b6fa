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
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.text.Nearest;
import java.util.List;
import java.util.Optional;

/// Flags an association whose role does not name the service of Pod Identity.
public final class AssociationTrustMissingService implements Rule.OnAssociation {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "association-trust-missing-service";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The associated role does not trust pods.eks.amazonaws.com")
          .why(
              "EKS assumes the role as the service pods.eks.amazonaws.com, in every partition. It"
                  + " checks the trust policy when the association is made, so the policy was"
                  + " changed afterwards, often from or to one for IRSA.")
          .risk("The pods of the service account get no credentials.")
          .remediation(
              "Allow the service sts:AssumeRole and sts:TagSession, with conditions on cluster,"
                  + " namespace and service account.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
              "https://github.com/hashicorp/terraform-provider-aws/issues/41483")
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
        AssociationTrust.of(subject, context)
            .filter(one -> one.doors(AssociationTrust.ASSUME).isEmpty())
            .filter(one -> !one.hasForeignAction());
    if (found.isEmpty()) {
      return Verdict.satisfied();
    }
    AssociationTrust carrier = found.get();
    return switch (carrier.decide(AssociationTrust.ASSUME)) {
      case Decision.Allowed _ -> Verdict.satisfied();
      case Decision.Unknown unknown -> Verdict.undecided(unknown.reason());
      case Decision.Denied _ ->
          carrier.leads(context, _ -> true) ? violated(carrier, context) : Verdict.satisfied();
    };
  }

  private static Verdict violated(AssociationTrust carrier, AuditContext context) {
    Role role = carrier.trust().role();
    return Associations.violated(
        carrier,
        METADATA.severity(),
        "Role " + role.name() + " does not trust " + RoleTrust.POD_IDENTITY,
        List.of(misspelt(carrier.policy()).orElseGet(() -> absent(carrier.policy()))),
        carrier.neighbours(context, _ -> true).toList(),
        remediation(carrier, context));
  }

  private static Evidence absent(TrustPolicy policy) {
    return Evidence.of(
            "no Allow statement lets the service " + RoleTrust.POD_IDENTITY + " assume the role")
        .withKey("Principal.Service")
        .withClaim(RoleTrust.POD_IDENTITY)
        .withAt(policy.statements().getFirst().at());
  }

  private static Optional<Evidence> misspelt(TrustPolicy policy) {
    return meant(policy)
        .map(
            meant ->
                Evidence.in(meant.statement(), "this principal is not the service of Pod Identity")
                    .withKey("Principal." + meant.principal().kind().element())
                    .withValue(meant.principal().value())
                    .withClaim("Service " + RoleTrust.POD_IDENTITY)
                    .withNearest(RoleTrust.POD_IDENTITY)
                    .withAt(meant.principal().at()));
  }

  /// A principal that was meant to be the service.
  private record Meant(Statement statement, Principal principal) {}

  private static Optional<Meant> meant(TrustPolicy policy) {
    return policy.statements(Effect.ALLOW).stream()
        .flatMap(
            statement ->
                statement.principals().entries().stream()
                    .filter(AssociationTrustMissingService::resembles)
                    .map(principal -> new Meant(statement, principal)))
        .findFirst();
  }

  private static boolean resembles(Principal principal) {
    String name = principal.value();
    boolean right =
        principal.kind() == PrincipalKind.SERVICE && name.equals(RoleTrust.POD_IDENTITY);
    return !right
        && name.contains(".amazonaws.")
        && (Nearest.isWithin(Nearest.TYPING_ERRORS, name, RoleTrust.POD_IDENTITY)
            || (name.contains("pod") && name.contains("eks")));
  }

  /// The statements of the associations take the place of one that was meant to be theirs.
  private static TrustEdit withoutMisspelt(AssociationTrust carrier) {
    TrustEdit edit = TrustEdit.of(carrier.trust().role().trustDocument());
    return meant(carrier.policy())
        .map(Meant::statement)
        .filter(statement -> statement.principals().entries().size() == 1)
        .map(statement -> edit.removeStatement(statement.index()))
        .orElse(edit);
  }

  private static Remediation remediation(AssociationTrust carrier, AuditContext context) {
    List<AssociationTrust> concerned = carrier.siblings(context, _ -> true).toList();
    TrustEdit edit = withoutMisspelt(carrier);
    for (String statement : PodScope.statements(concerned)) {
      edit = edit.addStatement(statement);
    }
    return Associations.replace(
            carrier,
            concerned,
            edit.document(),
            "Add a statement for each of the role's associations.",
            context)
        .orElseGet(
            () ->
                Remediation.decide(
                    "Decide whether the role is to serve Pod Identity; a Deny or the size of the"
                        + " policy stands against a statement for each association.",
                    "Add to the trust policy: "
                        + PodScope.statement(carrier.subject().cluster(), carrier.association())));
  }
}
