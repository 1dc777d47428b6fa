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
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.webhook.PodSelection;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Flags a cluster whose pods are no longer sent to EKS's webhook. It judges the effect and not the
/// bytes of the configuration.
public final class WebhookMissing implements Rule.OnCluster {
  private static final int MOST_NAMED = 20;

  /// A name that no selector names.
  private static final String NEW_NAMESPACE = "a-namespace-that-is-made-later";

  private static final RuleMetadata METADATA =
      rule(
              "webhook-missing",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "EKS's webhook is not asked about new pods")
          .why(
              "EKS makes the MutatingWebhookConfiguration pod-identity-webhook in every cluster. It"
                  + " was deleted, or its rules and selectors were changed so that pods are not"
                  + " sent to it. The API server lets pods through all the same. All webhooks of"
                  + " the configuration are judged together, by the pods and namespaces that exist;"
                  + " a selector that leaves out only namespaces that do not exist is of low"
                  + " severity.")
          .risk("No new pod gets a role, by IRSA or by Pod Identity, and nothing says so.")
          .remediation(
              "Restore the configuration as EKS makes it, and restart the pods that were created"
                  + " without it.")
          .references(
              "https://repost.aws/knowledge-center/eks-troubleshoot-irsa-errors",
              "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/")
          .breaks(ExplainStep.POD)
          .needs(Need.WEBHOOKS)
          .refinedBy(Need.SERVICE_ACCOUNTS, Need.PODS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    Optional<PodSelection> selection = PodSelection.ofEks(cluster.kubernetes().webhooks());
    List<Evidence> evidence =
        selection
            .map(one -> faults(one, cluster))
            .orElseGet(
                () ->
                    List.of(
                        Evidence.of("the cluster has no such MutatingWebhookConfiguration")
                            .withKey("name")
                            .withClaim(WebhookConfiguration.POD_IDENTITY)));
    if (!evidence.isEmpty()) {
      return violated(cluster, METADATA.severity(), evidence);
    }
    PodSelection there = selection.orElseThrow();
    List<Evidence> unused =
        there.sends(NEW_NAMESPACE, Map.of())
            ? excluded(there, name -> !namespaces(cluster).contains(name))
            : List.of(
                selector(
                    "its namespaceSelector leaves out namespaces that are made later",
                    there,
                    true));
    if (!unused.isEmpty()) {
      return violated(cluster, Severity.LOW, unused);
    }
    return there.open()
        ? Verdict.undecided(
            "the webhook has match conditions, or leaves out namespaces by labels that were not"
                + " read")
        : Verdict.satisfied();
  }

  private static Verdict violated(Cluster cluster, Severity severity, List<Evidence> evidence) {
    return Verdict.violated(
        severity,
        "New pods of cluster %s are not sent to EKS's webhook".formatted(cluster.name()),
        evidence,
        Remediation.decide(
            "Restore the configuration; its certificate is the cluster's own, so a copy from"
                + " another cluster does not work.",
            "Remove what was added to its rules and selectors: kubectl edit"
                + " mutatingwebhookconfiguration "
                + WebhookConfiguration.POD_IDENTITY,
            "Where it is gone, ask AWS Support to make it again, then restart the workloads."));
  }

  /// What keeps new pods of this cluster from the webhook.
  private static List<Evidence> faults(PodSelection selection, Cluster cluster) {
    if (selection.webhooks().isEmpty()) {
      return List.of(Evidence.of("the configuration has no webhook").withKey("webhooks"));
    }
    if (!selection.asksAboutNewPods()) {
      return List.of(
          Evidence.of("its rules do not cover the creation of pods")
              .withKey("rules")
              .withClaim("CREATE pods"));
    }
    Set<String> namespaces = namespaces(cluster);
    List<String> left =
        namespaces.stream().filter(name -> !selection.sends(name, Map.of())).toList();
    if (!left.isEmpty() && left.size() == namespaces.size()) {
      return List.of(
          anywhere(selection)
              ? selector("its namespaceSelector leaves out every namespace", selection, true)
              : selector("its objectSelector leaves out pods without labels", selection, false));
    }
    List<Evidence> faults = new ArrayList<>();
    left.forEach(
        name ->
            faults.add(
                Evidence.of("its namespaceSelector leaves out this namespace")
                    .withKey("namespaceSelector")
                    .withValue(name)));
    cluster.kubernetes().pods().stream()
        .filter(pod -> !left.contains(pod.namespace()))
        .filter(pod -> PodWebhook.asked(pod.labels()))
        .filter(pod -> !selection.sends(pod.namespace(), pod.labels()))
        .map(
            pod ->
                Evidence.of("its objectSelector leaves out pods like these")
                    .withKey("objectSelector")
                    .withValue(pod.workload().namespace() + ": " + pod.workload()))
        .distinct()
        .limit(MOST_NAMED)
        .forEach(faults::add);
    return faults;
  }

  /// Whether pods with some labels are sent from a namespace without special labels.
  private static boolean anywhere(PodSelection selection) {
    return selection.webhooks().stream()
        .allMatch(webhook -> webhook.objectSelector().matches(Map.of()));
  }

  private static Evidence selector(String summary, PodSelection selection, boolean namespace) {
    return Evidence.of(summary)
        .withKey(namespace ? "namespaceSelector" : "objectSelector")
        .withValue(
            String.join(
                ", ",
                selection.webhooks().stream()
                    .map(
                        webhook ->
                            (namespace ? webhook.namespaceSelector() : webhook.objectSelector())
                                .toString())
                    .toList()));
  }

  /// Namespaces that a selector names and that no webhook is asked about.
  private static List<Evidence> excluded(PodSelection selection, Predicate<String> concerned) {
    return selection.webhooks().stream()
        .flatMap(webhook -> webhook.namespaceSelector().requirements().stream())
        .filter(requirement -> requirement.key().equals(PodSelection.NAMESPACE_NAME))
        .flatMap(requirement -> requirement.values().stream())
        .filter(concerned)
        .filter(name -> !selection.sends(name, Map.of()))
        .distinct()
        .sorted()
        .map(
            name ->
                Evidence.of("its namespaceSelector leaves out a namespace that does not exist")
                    .withKey("namespaceSelector")
                    .withValue(name))
        .toList();
  }

  /// The namespaces of the cluster: each has a service account of its own. Where none were read,
  /// those that selectors name, and any other one.
  private static Set<String> namespaces(Cluster cluster) {
    Set<String> names = new TreeSet<>();
    cluster.kubernetes().serviceAccounts().forEach(one -> names.add(one.namespace()));
    cluster.kubernetes().pods().forEach(one -> names.add(one.namespace()));
    if (names.isEmpty()) {
      names.add(NEW_NAMESPACE);
      PodSelection.ofEks(cluster.kubernetes().webhooks()).stream()
          .flatMap(selection -> selection.webhooks().stream())
          .flatMap(webhook -> webhook.namespaceSelector().requirements().stream())
          .filter(requirement -> requirement.key().equals(PodSelection.NAMESPACE_NAME))
          .forEach(requirement -> names.addAll(requirement.values()));
    }
    return names;
  }
}
