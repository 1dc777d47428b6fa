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
import io.github.eksidentity.core.facts.WebhookConfiguration.Webhook;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Flags a cluster whose pods are no longer sent to EKS's webhook. It judges the effect and not the
/// bytes of the configuration.
public final class WebhookMissing implements Rule.OnCluster {
  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
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
                  + " sent to it. The API server lets pods through all the same.")
          .risk("No new pod gets a role, by IRSA or by Pod Identity, and nothing says so.")
          .remediation(
              "Restore the configuration as EKS makes it, and restart the pods that were created"
                  + " without it.")
          .references(
              "https://repost.aws/knowledge-center/eks-troubleshoot-irsa-errors",
              "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/")
          .breaks(ExplainStep.POD)
          .needs(Need.WEBHOOKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    Optional<WebhookConfiguration> configuration =
        cluster.kubernetes().webhooks().stream()
            .filter(one -> one.name().equals(WebhookConfiguration.POD_IDENTITY))
            .findFirst();
    List<Evidence> evidence =
        configuration
            .map(one -> faults(one.webhooks()))
            .orElseGet(
                () ->
                    List.of(
                        Evidence.of("the cluster has no such MutatingWebhookConfiguration")
                            .withKey("name")
                            .withClaim(WebhookConfiguration.POD_IDENTITY)));
    if (evidence.isEmpty()) {
      return configuration.orElseThrow().webhooks().stream()
              .allMatch(webhook -> webhook.conditions().isEmpty())
          ? Verdict.satisfied()
          : Verdict.undecided("the webhook has match conditions, which are not evaluated here");
    }
    return Verdict.violated(
        METADATA.severity(),
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

  private static List<Evidence> faults(List<Webhook> webhooks) {
    if (webhooks.isEmpty()) {
      return List.of(Evidence.of("the configuration has no webhook").withKey("webhooks"));
    }
    List<Evidence> faults = new ArrayList<>();
    for (Webhook webhook : webhooks) {
      if (!asksAboutNewPods(webhook)) {
        faults.add(
            Evidence.of("its rules do not cover the creation of pods")
                .withKey("rules")
                .withClaim("CREATE pods"));
      }
      if (!webhook.objectSelector().matches(Map.of())) {
        faults.add(
            Evidence.of("its objectSelector leaves out pods without labels")
                .withKey("objectSelector")
                .withValue(webhook.objectSelector().toString()));
      }
      if (!webhook.namespaceSelector().matches(Map.of(NAMESPACE_NAME, "any"))) {
        faults.add(
            Evidence.of("its namespaceSelector leaves out namespaces that have no special label")
                .withKey("namespaceSelector")
                .withValue(webhook.namespaceSelector().toString()));
      } else if (!webhook.namespaceSelector().everything()) {
        faults.addAll(excludedNamespaces(webhook));
      }
    }
    return faults;
  }

  /// Namespaces that the selector names and leaves out.
  private static List<Evidence> excludedNamespaces(Webhook webhook) {
    return webhook.namespaceSelector().requirements().stream()
        .filter(requirement -> requirement.key().equals(NAMESPACE_NAME))
        .flatMap(requirement -> requirement.values().stream())
        .filter(name -> !webhook.namespaceSelector().matches(Map.of(NAMESPACE_NAME, name)))
        .sorted()
        .map(
            name ->
                Evidence.of("its namespaceSelector leaves out this namespace")
                    .withKey("namespaceSelector")
                    .withValue(name))
        .toList();
  }

  private static boolean asksAboutNewPods(Webhook webhook) {
    return webhook.rules().stream()
        .anyMatch(
            rule ->
                covers(rule.operations(), "CREATE")
                    && covers(rule.resources(), "pods")
                    && covers(rule.apiGroups(), "")
                    && covers(rule.apiVersions(), "v1")
                    && !rule.scope().equals("Cluster"));
  }

  private static boolean covers(List<String> values, String wanted) {
    return values.contains("*") || values.contains(wanted);
  }
}
