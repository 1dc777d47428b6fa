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
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Flags a service account that a role names by session tags, that pods use, and that nothing
/// binds.
public final class AssociationMissing implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "association-missing",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "A role is meant for the service account by Pod Identity, and no association binds"
                  + " them")
          .why(
              "The trust policy of a role names namespace and service account exactly by session"
                  + " tags, and pods run with that service account. Without an association the"
                  + " webhook prepares no pod and the agent gives no credentials. Often the"
                  + " association was made for another namespace or a misspelt name, which EKS"
                  + " does not check.")
          .risk("The pods run with the role of the node, or without credentials.")
          .remediation("Make the association, and restart the pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html")
          .breaks(ExplainStep.BINDING)
          .needs(Need.ASSOCIATIONS, Need.IAM, Need.SERVICE_ACCOUNTS, Need.PODS)
          .yieldsTo(
              "annotation-wrong-key",
              "annotation-malformed-arn",
              "pod-role-stale",
              "service-account-not-annotated")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    List<Pod.Workload> without =
        bound.pods().stream()
            .filter(AssociationMissing::hasNoRole)
            .map(Pod::workload)
            .distinct()
            .toList();
    if (bound.binding().isPresent() || without.isEmpty()) {
      return Verdict.satisfied();
    }
    List<Role> roles =
        NamedByTags.naming(subject.cluster(), subject.serviceAccount(), context).stream()
            .map(RoleTrust::role)
            .toList();
    return roles.isEmpty() ? Verdict.satisfied() : violated(bound, without, roles);
  }

  private static boolean hasNoRole(Pod pod) {
    return pod.containers().stream().noneMatch(AssociationMissing::hasRole);
  }

  private static boolean hasRole(Container container) {
    return BoundPods.hasWebIdentity(container)
        || BoundPods.hasPodIdentity(container)
        || container.variablesFromElsewhere();
  }

  private static Verdict violated(BoundPods bound, List<Pod.Workload> without, List<Role> roles) {
    ServiceAccount account = bound.serviceAccount();
    List<Evidence> evidence = new ArrayList<>();
    roles.forEach(
        role ->
            evidence.add(
                Evidence.of(
                        "the trust policy of role %s names %s by session tags"
                            .formatted(role.name(), account.qualifiedName()))
                    .withKey(PodScope.SERVICE_ACCOUNT)
                    .withNearest(role.arn())));
    near(bound, roles)
        .forEach(
            one ->
                evidence.add(
                    Evidence.of(
                            "association %s is for %s/%s"
                                .formatted(one.id(), one.namespace(), one.serviceAccount()))
                        .withKey("association")
                        .withValue(one.namespace() + "/" + one.serviceAccount())
                        .withClaim(account.qualifiedName())));
    without.forEach(
        workload -> evidence.add(Evidence.of(workload + " runs with it and has no role")));
    return Verdict.violated(
            METADATA.severity(),
            "No association binds %s, although role %s names it"
                .formatted(bound.named(), roles.getFirst().name()),
            evidence,
            Remediation.decide(
                "Decide which role the service account is to have.",
                roles.stream().map(role -> create(bound, role)).toArray(String[]::new)))
        .withRole(roles.getFirst().arn());
  }

  /// Associations that may have been meant for this service account: with one of the roles, or of
  /// the same name in another namespace.
  private static Stream<Association> near(BoundPods bound, List<Role> roles) {
    List<String> arns = roles.stream().map(Role::arn).toList();
    return bound.cluster().associations().stream()
        .filter(
            one ->
                arns.contains(one.roleArn())
                    || one.serviceAccount().equals(bound.serviceAccount().name()))
        .sorted(java.util.Comparator.comparing(Association::id));
  }

  private static String create(BoundPods bound, Role role) {
    return "For %s: aws eks create-pod-identity-association --region %s --cluster-name %s"
            .formatted(role.arn(), bound.cluster().region(), bound.cluster().name())
        + " --namespace %s --service-account %s --role-arn %s, then restart the pods."
            .formatted(
                bound.serviceAccount().namespace(), bound.serviceAccount().name(), role.arn());
  }
}
