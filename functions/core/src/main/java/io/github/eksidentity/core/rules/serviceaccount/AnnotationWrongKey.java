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
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Flags a role that is written where the webhook does not look: under another key, or on a pod.
public final class AnnotationWrongKey implements Rule.OnServiceAccount {
  private static final Set<String> LEGACY = Set.of("iam.amazonaws.com/role");
  private static final Set<String> KNOWN =
      Set.of(
          AwsAnnotations.ROLE_ARN,
          AwsAnnotations.AUDIENCE,
          AwsAnnotations.STS_REGIONAL_ENDPOINTS,
          AwsAnnotations.TOKEN_EXPIRATION,
          AwsAnnotations.ECR_ROLE_ARN,
          AwsAnnotations.HELM_RELEASE);
  private static final RuleMetadata METADATA =
      rule(
              "annotation-wrong-key",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "A role is written where EKS does not look for it")
          .why(
              "EKS's webhook reads one annotation of the service account,"
                  + " eks.amazonaws.com/role-arn. A key that is almost that one, the key of kiam or"
                  + " kube2iam, or the annotation on the pod instead of its service account has no"
                  + " effect, and nothing says so. eks.amazonaws.com/ecr-role-arn is a key of its"
                  + " own: the role by which images are pulled.")
          .risk("The pods run with the role of the node, or without credentials.")
          .remediation(
              "Write the role's ARN into the annotation eks.amazonaws.com/role-arn of the service"
                  + " account, remove the other one, and restart the pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://github.com/aws/amazon-eks-pod-identity-webhook#readme")
          .breaks(ExplainStep.BINDING)
          .needs(Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.IAM, Need.OIDC, Need.PODS, Need.ASSOCIATIONS)
          .build();

  /// An annotation that somebody meant to bind the role by.
  private record Misplaced(String key, String value, Optional<Pod.Workload> onPodsOf) {
    Evidence evidence() {
      return Evidence.of(
              onPodsOf
                  .map(workload -> "the annotation stands on the pods of " + workload)
                  .orElse(
                      LEGACY.contains(key)
                          ? "this is the key of kiam and kube2iam"
                          : "EKS does not read this key"))
          .withKey(key)
          .withValue(value)
          .withNearest(AwsAnnotations.ROLE_ARN);
    }
  }

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    ClusterIndex there = context.index().in(subject.cluster());
    ServiceAccount account = subject.serviceAccount();
    List<Misplaced> misplaced = misplaced(account, there.pods(account.subject()));
    if (misplaced.isEmpty() || there.binding(account.subject()).isPresent()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        METADATA.severity(),
        "No annotation binds %s of cluster %s, although one was meant to"
            .formatted(account.qualifiedName(), subject.cluster().name()),
        misplaced.stream().map(Misplaced::evidence).toList(),
        remediation(subject, misplaced.getFirst(), context));
  }

  private static List<Misplaced> misplaced(ServiceAccount account, List<Pod> pods) {
    List<Misplaced> found = new ArrayList<>();
    account.annotations().entrySet().stream()
        .filter(entry -> !KNOWN.contains(entry.getKey()))
        .filter(entry -> LEGACY.contains(entry.getKey()) || isNearMiss(entry))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> found.add(new Misplaced(entry.getKey(), entry.getValue(), Optional.empty())));
    pods.stream()
        .filter(pod -> pod.annotations().containsKey(AwsAnnotations.ROLE_ARN))
        .map(
            pod ->
                new Misplaced(
                    AwsAnnotations.ROLE_ARN,
                    String.valueOf(pod.annotations().get(AwsAnnotations.ROLE_ARN)),
                    Optional.of(pod.workload())))
        .distinct()
        .sorted(Comparator.comparing(one -> one.onPodsOf().toString()))
        .forEach(found::add);
    return found;
  }

  /// A key about roles with the ARN of a role, or one that is written almost like the right one.
  private static boolean isNearMiss(Map.Entry<String, String> entry) {
    String key = entry.getKey().toLowerCase(Locale.ROOT);
    return (key.contains("role") && Annotated.isRoleArn(entry.getValue().strip()))
        || Nearest.isWithin(Nearest.TYPING_ERRORS, key, AwsAnnotations.ROLE_ARN);
  }

  private static Remediation remediation(
      Resource.OfServiceAccount subject, Misplaced first, AuditContext context) {
    ServiceAccount account = subject.serviceAccount();
    Optional<Role> role = role(first.value().strip(), context);
    boolean admitted = role.filter(found -> admits(found, subject, context)).isPresent();
    if (!admitted) {
      return Remediation.decide(
          "Decide whether the service account is to have this role.",
          "Let the role's trust policy admit "
              + account.subject()
              + " and write its ARN into the annotation "
              + AwsAnnotations.ROLE_ARN
              + ".",
          "Remove the annotation " + first.key() + ".");
    }
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.AnnotateServiceAccount(
            subject.cluster().arn(),
            account.namespace(),
            account.name(),
            AwsAnnotations.ROLE_ARN,
            role.orElseThrow().arn()));
    if (first.onPodsOf().isEmpty()) {
      changes.add(
          new Change.RemoveServiceAccountAnnotation(
              subject.cluster().arn(), account.namespace(), account.name(), first.key()));
    }
    context.index().in(subject.cluster()).runningPods(account.subject()).stream()
        .map(Pod::workload)
        .distinct()
        .filter(Pod.Workload::restartable)
        .forEach(
            workload -> changes.add(new Change.RestartWorkload(subject.cluster().arn(), workload)));
    return new Remediation.Fix(
        "Write the role into the annotation that EKS reads, and restart the pods.", changes);
  }

  private static boolean admits(
      Role role, Resource.OfServiceAccount subject, AuditContext context) {
    String audience =
        subject
            .serviceAccount()
            .annotation(AwsAnnotations.AUDIENCE)
            .orElse(PodRequests.DEFAULT_AUDIENCE);
    return new Annotated(subject.cluster(), subject.serviceAccount(), role.arn(), audience)
        .getsIn(role, audience, context);
  }

  /// The role that a value names by its ARN, or by its name as kiam allows.
  private static Optional<Role> role(String value, AuditContext context) {
    return context
        .index()
        .role(value)
        .or(
            () ->
                context.inventory().roles().stream()
                    .filter(role -> role.name().equals(value) && role.path().equals("/"))
                    .findFirst());
  }
}
