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
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.index.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Flags an association whose role cannot assume the target role.
public final class AssociationTargetRoleBroken implements Rule.OnAssociation {
  private static final RuleMetadata METADATA =
      rule(
              "association-target-role-broken",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The association's role cannot assume the target role")
          .why(
              "EKS assumes the association's role and with it the target role. That takes the"
                  + " target role's trust in the first role, the external id that EKS sends, and,"
                  + " unless the target's trust names the role within one account, the permission"
                  + " to call sts:AssumeRole and sts:TagSession on the target. The trust policy of"
                  + " a target in another account cannot be read from here.")
          .risk("The pods of the service account get no credentials.")
          .remediation("Close the chain on the side that is open.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html",
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html")
          .breaks(ExplainStep.TARGET_ROLE)
          .needs(Need.ASSOCIATIONS, Need.IAM, Need.IAM_POLICIES)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfAssociation subject, AuditContext context) {
    return switch (chain(subject, context)) {
      case ChainState.Closed _ -> Verdict.satisfied();
      case ChainState.Unknown(String reason) -> Verdict.undecided(reason);
      case ChainState.Open open ->
          concerned(subject, open, context).findFirst().equals(Optional.of(subject))
              ? violated(subject, open, context)
              : Verdict.satisfied();
    };
  }

  private static ChainState chain(Resource.OfAssociation subject, AuditContext context) {
    return TargetChain.of(subject, context).map(ChainState::of).orElseGet(ChainState.Closed::new);
  }

  /// The associations of the cluster with the same two roles and the same fault, in order.
  private static Stream<Resource.OfAssociation> concerned(
      Resource.OfAssociation subject, ChainState.Open open, AuditContext context) {
    Association association = subject.association();
    return context.index().associationsOf(association.roleArn()).stream()
        .filter(other -> other.cluster().equals(subject.cluster()))
        .filter(other -> other.association().targetRoleArn().equals(association.targetRoleArn()))
        .sorted(Comparator.comparing(other -> other.association().subject()))
        .filter(
            other ->
                chain(other, context) instanceof ChainState.Open found
                    && found.evidence().equals(open.evidence()));
  }

  private static Verdict violated(
      Resource.OfAssociation subject, ChainState.Open open, AuditContext context) {
    Association association = subject.association();
    List<Evidence> evidence = new ArrayList<>(open.evidence());
    concerned(subject, open, context)
        .skip(1)
        .forEach(other -> evidence.add(Associations.likewise(other.association())));
    return Verdict.violated(
            METADATA.severity(),
            "The association of "
                + association.namespace()
                + "/"
                + association.serviceAccount()
                + " does not reach its target role",
            evidence,
            open.remediation())
        .withStsError(StsError.NO_POD_IDENTITY_CREDENTIALS)
        .withRole(association.roleArn());
  }
}
