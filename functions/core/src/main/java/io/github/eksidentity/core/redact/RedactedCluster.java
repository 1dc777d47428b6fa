package io.github.eksidentity.core.redact;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.NodeGroup;
import java.util.List;
import java.util.Optional;

/// Replaces the names in what EKS told of a cluster.
final class RedactedCluster {
  private final RedactedText texts;

  RedactedCluster(RedactedText texts) {
    this.texts = texts;
  }

  /// The certificate of its API is left out: no audit needs it, and it tells clusters apart.
  Cluster of(Cluster cluster) {
    return new Cluster(
        texts.name(cluster.arn()),
        texts.name(cluster.name()),
        cluster.region(),
        cluster.status(),
        texts.name(cluster.issuer()),
        cluster.version(),
        cluster.platformVersion(),
        cluster.autoMode(),
        texts.name(cluster.nodeRoleArn()),
        texts.name(cluster.endpoint()),
        Optional.empty(),
        cluster.created(),
        health(cluster.health()),
        texts.names(cluster.tags()),
        cluster.associations().stream().map(this::association).toList(),
        cluster.addons().stream().map(this::addon).toList(),
        cluster.nodeGroups().stream().map(this::nodeGroup).toList(),
        new RedactedKubernetes(texts).of(cluster.kubernetes()));
  }

  private List<HealthIssue> health(List<HealthIssue> issues) {
    return issues.stream()
        .map(issue -> new HealthIssue(issue.code(), texts.sentence(issue.message())))
        .toList();
  }

  private Association association(Association association) {
    return new Association(
        texts.name(association.arn()),
        texts.name(association.id()),
        texts.name(association.namespace()),
        texts.name(association.serviceAccount()),
        texts.name(association.roleArn()),
        texts.name(association.targetRoleArn()),
        texts.name(association.externalId()),
        association.disableSessionTags(),
        association.sessionPolicy().map(policy -> PolicyText.redacted(policy, texts)),
        texts.name(association.ownerArn()),
        texts.names(association.tags()));
  }

  private Addon addon(Addon addon) {
    return new Addon(
        addon.name(),
        addon.version(),
        addon.status(),
        texts.name(addon.serviceAccountRoleArn()),
        texts.names(addon.associations()),
        health(addon.health()),
        texts.names(addon.tags()));
  }

  private NodeGroup nodeGroup(NodeGroup group) {
    return new NodeGroup(texts.name(group.name()), texts.name(group.nodeRole()), group.status());
  }
}
