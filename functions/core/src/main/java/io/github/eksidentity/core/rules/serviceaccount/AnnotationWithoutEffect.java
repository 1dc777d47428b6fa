package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.webhook.Lifetime;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Flags annotations of EKS that stand where the webhook does not read them, or hold what it passes
/// over.
public final class AnnotationWithoutEffect implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "annotation-without-effect",
              Severity.LOW,
              Impact.HYGIENE,
              Category.SERVICE_ACCOUNT,
              "An annotation of EKS stands where EKS does not read it")
          .why(
              "EKS's webhook reads role-arn, audience, sts-regional-endpoints and token-expiration"
                  + " on service accounts, skip-containers and token-expiration on pods, and the"
                  + " label skip-pod-identity-webhook on pods. Anywhere else they do nothing. So"
                  + " does a value that the webhook cannot read, a name in skip-containers that no"
                  + " container has letter by letter, and the audience of a service account that"
                  + " an association binds.")
          .risk("What the annotation was meant to change stays as it is, and nothing says so.")
          .remediation("Move the annotation to where it is read, or remove it.")
          .references(
              "https://github.com/aws/amazon-eks-pod-identity-webhook#readme",
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go")
          .needs(Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.PODS, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    ServiceAccount account = subject.serviceAccount();
    ClusterIndex there = context.index().in(subject.cluster());
    Optional<Binding> binding = there.binding(account.subject());
    List<Evidence> evidence = new ArrayList<>(ofServiceAccount(account, binding));
    there.pods(account.subject()).stream()
        .sorted(Comparator.comparing((Pod pod) -> pod.workload().toString()))
        .flatMap(pod -> ofPod(pod, binding.isPresent()).stream())
        .distinct()
        .forEach(evidence::add);
    if (evidence.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        METADATA.severity(),
        "Annotations of %s of cluster %s or its pods have no effect"
            .formatted(account.qualifiedName(), subject.cluster().name()),
        evidence,
        Remediation.decide(
            "Decide what each annotation was meant to do.",
            "Move it to where the webhook reads it, with a value that it can read.",
            "Remove it."));
  }

  private static List<Evidence> ofServiceAccount(
      ServiceAccount account, Optional<Binding> binding) {
    List<Evidence> evidence = new ArrayList<>();
    String here = "the service account";
    read(account.annotation(AwsAnnotations.SKIP_CONTAINERS), AwsAnnotations.SKIP_CONTAINERS, here)
        .map(one -> one.withClaim("an annotation of the pods"))
        .ifPresent(evidence::add);
    read(
            account.annotation(Injected.SKIP_LABEL).or(() -> label(account.labels())),
            Injected.SKIP_LABEL,
            here)
        .map(one -> one.withClaim("a label of the pods"))
        .ifPresent(evidence::add);
    if (PodWebhook.ignoresRegionalSts(account.annotations())) {
      evidence.add(
          passedOver(
              AwsAnnotations.STS_REGIONAL_ENDPOINTS,
              account.annotation(AwsAnnotations.STS_REGIONAL_ENDPOINTS).orElse(""),
              "true or false"));
    }
    if (binding.orElse(null) instanceof Binding.PodIdentity) {
      account
          .annotation(AwsAnnotations.AUDIENCE)
          .ifPresent(
              audience ->
                  evidence.add(
                      Evidence.of("an association binds the service account, and has its own")
                          .withKey(AwsAnnotations.AUDIENCE)
                          .withValue(audience)
                          .withClaim(Injected.POD_IDENTITY_AUDIENCE)));
    }
    return evidence;
  }

  private static Optional<String> label(java.util.Map<String, String> labels) {
    return Optional.ofNullable(labels.get(Injected.SKIP_LABEL));
  }

  private static Optional<Evidence> read(Optional<String> value, String key, String where) {
    return value.map(
        text ->
            Evidence.of("the webhook does not read this on " + where).withKey(key).withValue(text));
  }

  private static Evidence passedOver(String key, String value, String wanted) {
    return Evidence.of("the webhook cannot read this value and passes it over")
        .withKey(key)
        .withValue(value)
        .withClaim(wanted);
  }

  private static List<Evidence> ofPod(Pod pod, boolean bound) {
    List<Evidence> evidence = new ArrayList<>();
    for (String key :
        List.of(
            AwsAnnotations.AUDIENCE, AwsAnnotations.STS_REGIONAL_ENDPOINTS, Injected.SKIP_LABEL)) {
      read(Optional.ofNullable(pod.annotations().get(key)), key, "the pods of " + pod.workload())
          .map(
              one ->
                  one.withClaim(
                      key.equals(Injected.SKIP_LABEL)
                          ? "a label of the pods"
                          : "an annotation of the service account"))
          .ifPresent(evidence::add);
    }
    String lifetime = pod.annotations().get(AwsAnnotations.TOKEN_EXPIRATION);
    if (lifetime != null && Lifetime.annotated(pod.annotations()).isEmpty()) {
      evidence.add(
          passedOver(AwsAnnotations.TOKEN_EXPIRATION, lifetime, "a whole number of seconds"));
    }
    String skip = pod.annotations().get(AwsAnnotations.SKIP_CONTAINERS);
    if (skip != null && bound) {
      missed(pod, skip).ifPresent(evidence::add);
    }
    return evidence;
  }

  /// Names that no container of the pod has: the webhook trims nothing.
  private static Optional<Evidence> missed(Pod pod, String skip) {
    Set<String> names = pod.containers().stream().map(Container::name).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(PodWebhook.skipped(pod));
    boolean unreadable = unknown.isEmpty();
    unknown.removeAll(names);
    unknown.removeIf(String::isEmpty);
    if (unreadable) {
      return skip.isBlank()
          ? Optional.empty()
          : Optional.of(passedOver(AwsAnnotations.SKIP_CONTAINERS, skip, "names with commas"));
    }
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Evidence.of(
                    "no container of %s has this name letter by letter: \"%s\""
                        .formatted(pod.workload(), String.join("\", \"", unknown)))
                .withKey(AwsAnnotations.SKIP_CONTAINERS)
                .withValue(skip));
  }
}
