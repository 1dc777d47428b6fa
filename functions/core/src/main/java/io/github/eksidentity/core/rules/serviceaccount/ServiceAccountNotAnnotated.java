package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Flags a service account that a trust policy names and that nothing binds to the role.
public final class ServiceAccountNotAnnotated implements Rule.OnServiceAccount {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "service-account-not-annotated";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "A role names the service account, and nothing binds the two")
          .why(
              "The trust policy names the service account exactly, pods use it, but it has neither"
                  + " the annotation nor an association: it was never written, or whatever deploys"
                  + " the service account took it away again.")
          .risk("The pods run with the role of the node, or without credentials.")
          .remediation("Annotate the service account with the role, and restart the pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html")
          .breaks(ExplainStep.BINDING)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS, Need.IAM)
          .refinedBy(Need.OIDC, Need.EKS, Need.ASSOCIATIONS)
          .yieldsTo(
              "annotation-wrong-key",
              "annotation-malformed-arn",
              "pod-role-stale",
              "addon-role-drift",
              "pod-partial-environment",
              "pod-wrong-token-path")
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
            .filter(
                pod ->
                    pod.containers().stream()
                        .noneMatch(
                            container ->
                                BoundPods.hasWebIdentity(container)
                                    || container.variablesFromElsewhere()))
            .map(Pod::workload)
            .distinct()
            .toList();
    if (bound.binding().isPresent() || without.isEmpty()) {
      return Verdict.satisfied();
    }
    List<AdmittingStatement> naming =
        subject.cluster().issuer().stream()
            .flatMap(
                issuer ->
                    context.index().admitting(issuer, subject.serviceAccount().subject()).stream())
            .filter(admitted -> admitted.hangsOn().isEmpty())
            .filter(
                admitted ->
                    admitted.subjects() instanceof SubjectSet.Finite(var subjects)
                        && subjects.contains(subject.serviceAccount().subject()))
            .sorted(Comparator.comparing(admitted -> admitted.role().arn()))
            .toList();
    return naming.isEmpty()
        ? Verdict.satisfied()
        : violated(
            bound,
            without,
            naming.stream().map(AdmittingStatement::role).distinct().toList(),
            context);
  }

  private static Verdict violated(
      BoundPods bound, List<Pod.Workload> without, List<Role> roles, AuditContext context) {
    List<Evidence> evidence = new ArrayList<>();
    roles.forEach(
        role ->
            evidence.add(
                Evidence.of(
                        "the trust policy of role " + role.name() + " names the service account")
                    .withKey(AwsAnnotations.ROLE_ARN)
                    .withNearest(role.arn())));
    without.forEach(
        workload -> evidence.add(Evidence.of(workload + " runs with it and has no role")));
    return Verdict.violated(
            METADATA.severity(),
            "Nothing binds %s to a role, although %s names it"
                .formatted(bound.named(), roles.getFirst().name()),
            evidence,
            remediation(bound, without, roles, context))
        .withRole(roles.getFirst().arn());
  }

  private static Remediation remediation(
      BoundPods bound, List<Pod.Workload> without, List<Role> roles, AuditContext context) {
    String audience =
        bound
            .serviceAccount()
            .annotation(AwsAnnotations.AUDIENCE)
            .orElse(PodRequests.DEFAULT_AUDIENCE);
    Optional<Role> only =
        Optional.of(roles.getFirst())
            .filter(_ -> roles.size() == 1)
            .filter(
                role ->
                    new Annotated(bound.cluster(), bound.serviceAccount(), role.arn(), audience)
                        .getsIn(role, audience, context));
    if (only.isEmpty()) {
      return Remediation.decide(
          "Decide which role the service account is to have.",
          roles.stream()
              .map(role -> "Write " + role.arn() + " into " + AwsAnnotations.ROLE_ARN + ".")
              .toArray(String[]::new));
    }
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.AnnotateServiceAccount(
            bound.cluster().arn(),
            bound.serviceAccount().namespace(),
            bound.serviceAccount().name(),
            AwsAnnotations.ROLE_ARN,
            only.get().arn()));
    without.stream()
        .filter(Pod.Workload::restartable)
        .forEach(
            workload -> changes.add(new Change.RestartWorkload(bound.cluster().arn(), workload)));
    return new Remediation.Fix(
        "Annotate the service account with the role that names it, and restart the pods.", changes);
  }
}
