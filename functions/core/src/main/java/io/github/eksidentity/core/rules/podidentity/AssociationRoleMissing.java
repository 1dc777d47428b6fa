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
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Flags an association whose role does not exist.
public final class AssociationRoleMissing implements Rule.OnAssociation {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "association-role-missing";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The role of the association does not exist")
          .why(
              "EKS checks the role when the association is made, not afterwards. The role was"
                  + " deleted, or made again under another path or in other letter case; both count"
                  + " in an ARN.")
          .risk("The pods of the service account get no credentials.")
          .remediation("Point the association at a role that exists, or make the role again.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html",
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdatePodIdentityAssociation.html")
          .breaks(ExplainStep.ROLE)
          .needs(Need.ASSOCIATIONS, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfAssociation subject, AuditContext context) {
    String arn = subject.association().roleArn();
    if (context.index().role(arn).isPresent()) {
      return Verdict.satisfied();
    }
    List<Resource.OfAssociation> concerned =
        context.index().associationsOf(arn).stream()
            .filter(other -> other.cluster().equals(subject.cluster()))
            .sorted(Comparator.comparing(other -> other.association().subject()))
            .toList();
    if (!concerned.getFirst().equals(subject)) {
      return Verdict.satisfied();
    }
    List<Role> alike = alike(arn, context);
    return Verdict.violated(
            METADATA.severity(),
            "The role of the association of "
                + subject.association().namespace()
                + "/"
                + subject.association().serviceAccount()
                + " does not exist",
            evidence(arn, alike, concerned),
            remediation(concerned, alike, context))
        .withStsError(StsError.NO_POD_IDENTITY_CREDENTIALS)
        .withRole(arn);
  }

  private static List<Evidence> evidence(
      String arn, List<Role> alike, List<Resource.OfAssociation> concerned) {
    List<Evidence> evidence = new ArrayList<>();
    Evidence missing =
        Evidence.of("no role of the account has this ARN").withKey("roleArn").withValue(arn);
    evidence.add(alike.isEmpty() ? missing : missing.withNearest(alike.getFirst().arn()));
    for (Resource.OfAssociation other : concerned.subList(1, concerned.size())) {
      evidence.add(Associations.likewise(other.association()));
    }
    return evidence;
  }

  /// The roles of the same name, whatever their path and letter case.
  private static List<Role> alike(String arn, AuditContext context) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return context.index().rolesNamed(name).stream()
        .sorted(Comparator.comparing(Role::arn))
        .toList();
  }

  private static Remediation remediation(
      List<Resource.OfAssociation> concerned, List<Role> alike, AuditContext context) {
    if (alike.size() == 1 && admitsAll(concerned, alike.getFirst(), context)) {
      List<Change> changes = new ArrayList<>();
      for (Resource.OfAssociation one : concerned) {
        changes.add(
            new Change.UpdateAssociationRole(
                one.cluster().region(),
                one.cluster().name(),
                one.association().id(),
                alike.getFirst().arn()));
      }
      return new Remediation.Fix(
          "Point the association at " + alike.getFirst().arn() + ", the role of that name.",
          changes);
    }
    Resource.OfAssociation first = concerned.getFirst();
    return Remediation.decide(
        "Decide which role the pods are to have.",
        "Make the role again, with the statement "
            + PodScope.statement(first.cluster(), first.association()),
        "aws eks update-pod-identity-association"
            + Associations.options(first)
            + " --role-arn <role>",
        "aws eks delete-pod-identity-association" + Associations.options(first));
  }

  private static boolean admitsAll(
      List<Resource.OfAssociation> concerned, Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    return trust
        .policy()
        .filter(
            policy ->
                concerned.stream()
                    .allMatch(one -> new AssociationTrust(one, trust, policy).admitted()))
        .isPresent();
  }
}
