package io.github.eksidentity.core.redact;

import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;

/// Replaces the names in what a cluster's Kubernetes API answered.
final class RedactedKubernetes {
  private final RedactedText texts;

  RedactedKubernetes(RedactedText texts) {
    this.texts = texts;
  }

  Kubernetes of(Kubernetes facts) {
    RedactedPod pods = new RedactedPod(texts);
    return new Kubernetes(
        facts.serviceAccounts().stream().map(this::serviceAccount).toList(),
        facts.pods().stream().map(pods::of).toList(),
        facts.webhooks().stream().map(this::configuration).toList(),
        new Rbac(
            facts.rbac().roles().stream().map(this::role).toList(),
            facts.rbac().bindings().stream().map(this::binding).toList()));
  }

  private ServiceAccount serviceAccount(ServiceAccount account) {
    return new ServiceAccount(
        texts.name(account.namespace()),
        texts.name(account.name()),
        account.created(),
        texts.names(account.labels()),
        texts.names(account.annotations()));
  }

  private WebhookConfiguration configuration(WebhookConfiguration configuration) {
    return new WebhookConfiguration(
        texts.name(configuration.name()),
        configuration.webhooks().stream().map(this::webhook).toList());
  }

  private WebhookConfiguration.Webhook webhook(WebhookConfiguration.Webhook webhook) {
    return new WebhookConfiguration.Webhook(
        texts.name(webhook.name()),
        webhook.failurePolicy(),
        webhook.rules().stream().map(this::rule).toList(),
        selector(webhook.namespaceSelector()),
        selector(webhook.objectSelector()),
        texts.names(webhook.conditions()),
        texts.name(webhook.url()),
        texts.name(webhook.service()));
  }

  private WebhookConfiguration.Rule rule(WebhookConfiguration.Rule rule) {
    return new WebhookConfiguration.Rule(
        texts.names(rule.apiGroups()),
        texts.names(rule.apiVersions()),
        rule.operations(),
        texts.names(rule.resources()),
        rule.scope());
  }

  private LabelSelector selector(LabelSelector selector) {
    return new LabelSelector(
        texts.names(selector.labels()),
        selector.requirements().stream()
            .map(
                one ->
                    new LabelSelector.Requirement(
                        texts.key(one.key()), one.operator(), texts.names(one.values())))
            .toList());
  }

  private Rbac.Role role(Rbac.Role role) {
    return new Rbac.Role(
        texts.name(role.namespace()),
        texts.name(role.name()),
        role.builtIn(),
        role.rules().stream().map(this::rule).toList());
  }

  private Rbac.Rule rule(Rbac.Rule rule) {
    return new Rbac.Rule(
        texts.names(rule.apiGroups()),
        texts.names(rule.resources()),
        texts.names(rule.verbs()),
        texts.names(rule.resourceNames()));
  }

  private Rbac.Binding binding(Rbac.Binding binding) {
    return new Rbac.Binding(
        texts.name(binding.namespace()),
        texts.name(binding.name()),
        binding.builtIn(),
        binding.clusterRole(),
        texts.name(binding.role()),
        binding.holders().stream().map(this::holder).toList());
  }

  private Rbac.Holder holder(Rbac.Holder holder) {
    return new Rbac.Holder(
        texts.name(holder.kind()), texts.name(holder.namespace()), texts.name(holder.name()));
  }
}
