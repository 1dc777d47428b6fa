package io.github.eksidentity.core.rules.cluster;

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
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.text.Only;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Flags a role that was never used although pods have been running with it for long enough.
public final class RoleIdleWithRunningPods implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "role-idle-with-running-pods",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.CLUSTER,
              "Pods run with the role, and it was never used")
          .why(
              "Running pods have what the SDK needs, and the role lets them in, but IAM has no use"
                  + " of it on record. The application takes its credentials from elsewhere: its"
                  + " SDK is too old for the mechanism, a module for STS is missing, or an earlier"
                  + " link of its credential chain wins. Or it has not called AWS yet. Last-used"
                  + " data lags by hours; for how many hours pods must have been running can be"
                  + " set.")
          .risk(
              "The application uses the role of the node or keys of its own, and the role that was"
                  + " made for it protects nothing.")
          .remediation(
              "Ask the pod who it is, update its SDK, and remove what comes earlier in its"
                  + " credential chain.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts-minimum-sdk.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html")
          .breaks(ExplainStep.USE)
          .needs(Need.PODS, Need.SERVICE_ACCOUNTS, Need.IAM, Need.IAM_USAGE)
          .refinedBy(Need.OIDC, Need.EKS, Need.ASSOCIATIONS, Need.ADDONS)
          .yieldsTo(
              "cluster-sts-region-disabled",
              "association-agent-missing",
              "association-agent-unhealthy",
              "association-platform-too-old",
              "association-trust-missing-service",
              "association-trust-no-tag-session",
              "association-trust-condition-mismatch",
              "association-target-role-broken",
              "pod-partial-environment",
              "pod-wrong-token-path",
              "pod-static-credentials",
              "pod-unsupported-compute",
              "pod-proxy-hides-agent",
              "pod-role-stale",
              "pod-not-injected")
          .build();

  /// Pods of one workload that have had the role for long enough.
  private record Idle(Cluster cluster, String subject, String key, Pod.Workload workload) {
    String named() {
      return workload + " in namespace " + workload.namespace() + " of cluster " + cluster.name();
    }
  }

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    if (!(role.lastUsed() instanceof LastUsed.Never) || wasCalled(role, context)) {
      return role.lastUsed() instanceof LastUsed.NotRead
          ? Verdict.undecided("when the role was last used was not read")
          : Verdict.satisfied();
    }
    Map<String, Idle> idle = new TreeMap<>();
    bindings(role, context)
        .forEach(
            (key, binding) ->
                idle(key, binding, role, context)
                    .forEach(one -> idle.putIfAbsent(one.named(), one)));
    return idle.isEmpty()
        ? Verdict.satisfied()
        : violated(role, List.copyOf(idle.values()), context);
  }

  /// CloudTrail knows of a use before IAM does.
  private static boolean wasCalled(Role role, AuditContext context) {
    return context.index().callsOf(role.arn()).stream().anyMatch(call -> !call.denied());
  }

  /// What binds service accounts to the role, where it wins, by key of the resource.
  private static Map<String, Binding> bindings(Role role, AuditContext context) {
    Map<String, Binding> bindings = new LinkedHashMap<>();
    for (Resource.OfServiceAccount found : context.index().annotatedWith(role.arn())) {
      Annotated.of(found, context)
          .filter(one -> one.getsIn(role, one.audience(), context))
          .ifPresent(
              one ->
                  bindings.put(
                      found.key(),
                      new Binding.Irsa(one.cluster(), one.serviceAccount(), one.roleArn())));
    }
    for (Resource.OfAssociation found : context.index().associationsOf(role.arn())) {
      ClusterIndex there = context.index().in(found.cluster());
      there
          .serviceAccount(found.association().subject())
          .ifPresent(
              account ->
                  bindings.put(
                      account.key(),
                      new Binding.PodIdentity(found.cluster(), found.association())));
    }
    return bindings;
  }

  private static List<Idle> idle(String key, Binding binding, Role role, AuditContext context) {
    Instant limit = context.now().minus(Duration.ofHours(context.settings().idleHours()));
    List<Idle> idle = new ArrayList<>();
    context.index().in(binding.cluster()).runningPods(binding.subject()).stream()
        .filter(pod -> pod.created().filter(created -> created.isBefore(limit)).isPresent())
        .filter(pod -> pod.containers().stream().anyMatch(one -> carries(binding, one, role)))
        .sorted(Comparator.comparing(Pod::name))
        .forEach(
            pod -> idle.add(new Idle(binding.cluster(), binding.subject(), key, pod.workload())));
    return idle;
  }

  private static boolean carries(Binding binding, Container container, Role role) {
    return switch (binding) {
      case Binding.Irsa _ ->
          BoundPods.hasWebIdentity(container)
              && container.literal(AwsVariables.ROLE_ARN).filter(role.arn()::equals).isPresent();
      case Binding.PodIdentity _ -> BoundPods.hasPodIdentity(container);
    };
  }

  private static Verdict violated(Role role, List<Idle> idle, AuditContext context) {
    Verdict.Violated violated =
        Verdict.violated(
                METADATA.severity(),
                "Pods run with role " + role.name() + ", and it was never used",
                idle.stream()
                    .map(
                        one ->
                            Evidence.of(one.named() + " has the role and does not use it")
                                .withClaim(one.subject()))
                    .toList(),
                remediation(idle.getFirst()))
            .withCluster(onlyCluster(idle));
    Evidence observation =
        Evidence.of("role " + role.name() + " was never used, although pods run with it")
            .withValue(role.arn());
    List<String> concerned =
        Stream.concat(
                idle.stream().flatMap(one -> Stream.of(one.key(), one.cluster().arn())),
                context.index().associationsOf(role.arn()).stream().map(Resource::key))
            .distinct()
            .toList();
    for (String key : concerned) {
      violated = violated.withConcern(key, observation);
    }
    return violated;
  }

  private static Optional<Cluster> onlyCluster(List<Idle> idle) {
    List<Cluster> clusters = idle.stream().map(Idle::cluster).distinct().toList();
    return Only.of(clusters);
  }

  private static Remediation remediation(Idle one) {
    return Remediation.decide(
        "Find out where the application takes its credentials from.",
        "Ask it, where its image has the AWS CLI: kubectl --context %s -n %s exec %s -- aws sts get-caller-identity"
            .formatted(one.cluster().arn(), one.workload().namespace(), one.workload()),
        "Compare the version of its SDK with the minimum for the mechanism.",
        "If the application calls AWS but seldom, mute the finding with that reason.");
  }
}
