package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.json.JsonWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/// The answers of EKS that make up the clusters of a sorted inventory.
final class ClusterFiles {
  private final Inventory inventory;
  private final Map<String, byte[]> files;

  ClusterFiles(Inventory inventory, Map<String, byte[]> files) {
    this.inventory = inventory;
    this.files = files;
  }

  void write() {
    TreeSet<String> regions = new TreeSet<>(inventory.regions());
    inventory.clusters().forEach(cluster -> regions.add(cluster.region()));
    for (String region : regions) {
      List<Cluster> clusters =
          inventory.clusters().stream().filter(one -> one.region().equals(region)).toList();
      if (InventoryFiles.isRead(inventory, Scope.region(region), clusters)) {
        names("regions/" + region + "/clusters.json", "clusters", clusters, Cluster::name);
        clusters.forEach(this::cluster);
      }
    }
  }

  private void cluster(Cluster cluster) {
    String folder =
        "regions/" + cluster.region() + "/clusters/" + FileNames.part(cluster.name()) + "/";
    files.put(
        folder + "cluster.json",
        AwsCliJson.object(out -> out.object("cluster", body -> describe(body, cluster))));
    if (isRead(Kind.ASSOCIATIONS, cluster, cluster.associations())) {
      associations(folder, cluster);
    }
    if (isRead(Kind.ADDONS, cluster, cluster.addons())) {
      names(folder + "addons.json", "addons", cluster.addons(), Addon::name);
      for (Addon addon : cluster.addons()) {
        files.put(
            folder + "addons/" + FileNames.part(addon.name()) + ".json",
            AwsCliJson.object(out -> out.object("addon", body -> describe(body, cluster, addon))));
      }
    }
    if (isRead(Kind.NODE_GROUPS, cluster, cluster.nodeGroups())) {
      names(folder + "nodegroups.json", "nodegroups", cluster.nodeGroups(), NodeGroup::name);
      for (NodeGroup group : cluster.nodeGroups()) {
        files.put(
            folder + "nodegroups/" + FileNames.part(group.name()) + ".json",
            AwsCliJson.object(
                out -> out.object("nodegroup", body -> describe(body, cluster, group))));
      }
    }
    kubernetes(folder, cluster);
  }

  private void kubernetes(String folder, Cluster cluster) {
    Kubernetes facts = cluster.kubernetes();
    if (isRead(Kind.SERVICE_ACCOUNTS, cluster, facts.serviceAccounts())) {
      put(folder, Kind.SERVICE_ACCOUNTS, KubernetesText.serviceAccounts(facts));
    }
    if (isRead(Kind.PODS, cluster, facts.pods())) {
      put(folder, Kind.PODS, KubernetesText.pods(facts));
    }
    if (isRead(Kind.WEBHOOKS, cluster, facts.webhooks())) {
      put(folder, Kind.WEBHOOKS, KubernetesText.webhooks(facts));
    }
    Rbac rbac = facts.rbac();
    if (isRead(Kind.RBAC, cluster, rbac.roles()) || !rbac.bindings().isEmpty()) {
      put(folder, Kind.RBAC, KubernetesText.rbac(rbac));
    }
  }

  private void put(String folder, Kind kind, byte[] text) {
    files.put(folder + KubernetesFiles.NAMES.get(kind), text);
  }

  private boolean isRead(Kind kind, Cluster cluster, Collection<?> found) {
    return InventoryFiles.isRead(
        inventory, Scope.cluster(kind, cluster.region(), cluster.name()), found);
  }

  private <T> void names(String file, String member, List<T> items, Function<T, String> name) {
    files.put(file, AwsCliJson.object(out -> out.texts(member, items.stream().map(name).toList())));
  }

  private void associations(String folder, Cluster cluster) {
    files.put(
        folder + "pod-identity-associations.json",
        AwsCliJson.object(
            out ->
                out.objects(
                    "associations",
                    cluster.associations(),
                    (item, association) -> summary(item, cluster, association))));
    for (Association association : cluster.associations()) {
      files.put(
          folder + "pod-identity-associations/" + FileNames.part(association.id()) + ".json",
          AwsCliJson.object(
              out -> out.object("association", body -> describe(body, cluster, association))));
    }
  }

  private static void summary(JsonWriter out, Cluster cluster, Association association) {
    out.text("clusterName", cluster.name())
        .text("namespace", association.namespace())
        .text("serviceAccount", association.serviceAccount())
        .text("associationArn", association.arn())
        .text("associationId", association.id())
        .text("ownerArn", association.ownerArn());
  }

  private static void describe(JsonWriter out, Cluster cluster, Association association) {
    out.text("clusterName", cluster.name())
        .text("namespace", association.namespace())
        .text("serviceAccount", association.serviceAccount())
        .text("roleArn", association.roleArn())
        .text("associationArn", association.arn())
        .text("associationId", association.id());
    AwsCliJson.tagMap(out, association.tags());
    out.text("ownerArn", association.ownerArn())
        .flag("disableSessionTags", association.disableSessionTags())
        .text("targetRoleArn", association.targetRoleArn())
        .text("externalId", association.externalId())
        .text("policy", association.sessionPolicy());
  }

  private static void describe(JsonWriter out, Cluster cluster) {
    out.text("name", cluster.name())
        .text("arn", cluster.arn())
        .text("createdAt", cluster.created().map(Object::toString));
    if (!cluster.version().isEmpty()) {
      out.text("version", cluster.version());
    }
    out.text("endpoint", cluster.endpoint());
    if (cluster.issuer().isPresent()) {
      String issuer = "https://" + cluster.issuer().get();
      out.object(
          "identity", identity -> identity.object("oidc", oidc -> oidc.text("issuer", issuer)));
    }
    out.text("status", cluster.status());
    if (cluster.certificateAuthority().isPresent()) {
      out.object("certificateAuthority", body -> body.text("data", cluster.certificateAuthority()));
    }
    if (!cluster.platformVersion().isEmpty()) {
      out.text("platformVersion", cluster.platformVersion());
    }
    AwsCliJson.tagMap(out, cluster.tags());
    health(out, cluster.health());
    if (cluster.autoMode() || cluster.nodeRoleArn().isPresent()) {
      out.object(
          "computeConfig",
          body ->
              body.flag("enabled", cluster.autoMode()).text("nodeRoleArn", cluster.nodeRoleArn()));
    }
  }

  private static void describe(JsonWriter out, Cluster cluster, Addon addon) {
    out.text("addonName", addon.name())
        .text("clusterName", cluster.name())
        .text("status", addon.status());
    if (!addon.version().isEmpty()) {
      out.text("addonVersion", addon.version());
    }
    health(out, addon.health());
    out.text("serviceAccountRoleArn", addon.serviceAccountRoleArn());
    AwsCliJson.tagMap(out, addon.tags());
    out.texts("podIdentityAssociations", addon.associations());
  }

  private static void describe(JsonWriter out, Cluster cluster, NodeGroup group) {
    out.text("nodegroupName", group.name())
        .text("clusterName", cluster.name())
        .text("status", group.status());
    if (!group.nodeRole().isEmpty()) {
      out.text("nodeRole", group.nodeRole());
    }
  }

  private static void health(JsonWriter out, List<HealthIssue> issues) {
    out.object(
        "health",
        body ->
            body.objects(
                "issues",
                issues,
                (item, issue) -> item.text("code", issue.code()).text("message", issue.message())));
  }
}
