package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.json.JsonMembers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The clusters of one region, each with its associations, add-ons and node groups.
final class RegionReader {
  private final Source source;
  private final String region;
  private final String folder;
  private final boolean withKubernetes;
  private final Map<Scope, Coverage> coverage = new HashMap<>();

  private RegionReader(Source source, String region, boolean withKubernetes) {
    this.source = source;
    this.region = region;
    this.withKubernetes = withKubernetes;
    this.folder = "regions/" + region + "/clusters/";
  }

  /// @param coverage of the region and of everything in its clusters
  record Region(List<Cluster> clusters, Map<Scope, Coverage> coverage) {}

  /// @param withKubernetes whether the snapshot is meant to hold the clusters' Kubernetes objects
  static Region read(Source source, String region, boolean withKubernetes) {
    RegionReader reading = new RegionReader(source, region, withKubernetes);
    Part<List<Cluster>> clusters = reading.clusters();
    reading.coverage.put(Scope.region(region), clusters.coverage());
    return new Region(clusters.value(), Map.copyOf(reading.coverage));
  }

  private Part<List<Cluster>> clusters() {
    String list = "regions/" + region + "/clusters.json";
    Part<Source.Listing<String>> listed =
        source.whole(
            list,
            new Source.Listing<>(List.of(), false),
            file -> Part.complete(names(file, "clusters")));
    Set<String> folders = foldersWithCluster();
    if (!source.has(list) && folders.isEmpty()) {
      return new Part<>(List.of(), listed.coverage());
    }
    List<String> reasons = new ArrayList<>();
    if (!listed.coverage().isComplete()) {
      reasons.add(source.has(list) ? listed.coverage().reason() : list + " is not in the snapshot");
    }
    if (listed.value().truncated()) {
      reasons.add(list + " does not hold all pages of its list");
    }
    List<Cluster> clusters = new ArrayList<>();
    for (String name : listed.value().keys()) {
      folders.remove(FileNames.part(name));
      source.item(clusterFile(name), file -> cluster(name, file), clusters, reasons);
    }
    for (String unlisted : folders) {
      source.item(folder + unlisted + "/cluster.json", this::unlistedCluster, clusters, reasons);
    }
    return clusters.isEmpty() && listed.coverage() instanceof Coverage.Failed
        ? new Part<>(List.of(), listed.coverage())
        : Part.of(List.copyOf(clusters), reasons);
  }

  private Set<String> foldersWithCluster() {
    TreeSet<String> folders = new TreeSet<>();
    for (String name : source.files().names()) {
      if (name.startsWith(folder) && name.endsWith("/cluster.json")) {
        folders.add(name.substring(folder.length(), name.indexOf('/', folder.length())));
      }
    }
    return folders;
  }

  private String clusterFile(String name) {
    return folder + FileNames.part(name) + "/cluster.json";
  }

  private Cluster unlistedCluster(JsonFile file) {
    return cluster(file.object().object("cluster").text("name"), file);
  }

  private Cluster cluster(String name, JsonFile file) {
    JsonMembers<SnapshotException> cluster = file.object().object("cluster");
    AwsMembers.isAbout(cluster, "name", name);
    Optional<JsonMembers<SnapshotException>> compute = cluster.optionalObject("computeConfig");
    String own = folder + FileNames.part(name) + "/";
    return new Cluster(
        cluster.text("arn"),
        name,
        region,
        cluster.text("status"),
        cluster
            .optionalObject("identity")
            .flatMap(identity -> identity.optionalObject("oidc"))
            .flatMap(oidc -> oidc.optionalText("issuer"))
            .map(EksIssuer::bare),
        cluster.optionalText("version").orElse(""),
        cluster.optionalText("platformVersion").orElse(""),
        compute.map(config -> config.flag("enabled")).orElse(false),
        compute.flatMap(config -> config.optionalText("nodeRoleArn")),
        cluster.optionalText("endpoint"),
        cluster.optionalObject("certificateAuthority").flatMap(ca -> ca.optionalText("data")),
        AwsMembers.time(cluster, "createdAt"),
        health(cluster),
        cluster.textMap("tags"),
        kept(Kind.ASSOCIATIONS, name, associations(own)),
        kept(Kind.ADDONS, name, addons(own)),
        kept(Kind.NODE_GROUPS, name, nodeGroups(own)),
        kubernetes(name, own));
  }

  private Kubernetes kubernetes(String cluster, String own) {
    if (!withKubernetes) {
      return Kubernetes.NOT_READ;
    }
    KubernetesFiles.Read read = KubernetesFiles.read(source, own);
    read.coverage().forEach((kind, how) -> coverage.put(Scope.cluster(kind, region, cluster), how));
    return read.facts();
  }

  private <T> List<T> kept(Kind kind, String cluster, Part<List<T>> part) {
    coverage.put(Scope.cluster(kind, region, cluster), part.coverage());
    return part.value();
  }

  private Part<List<Association>> associations(String own) {
    String list = own + "pod-identity-associations";
    return source.listed(
        list + ".json",
        file -> {
          JsonMembers<SnapshotException> fields = file.object();
          return new Source.Listing<>(
              fields.requiredObjects("associations").stream()
                  .map(association -> association.text("associationId"))
                  .toList(),
              fields.has("nextToken") || fields.has("NextToken"));
        },
        id -> list + "/" + FileNames.part(id) + ".json",
        RegionReader::association);
  }

  private static Association association(String id, JsonFile file) {
    JsonMembers<SnapshotException> association = file.object().object("association");
    AwsMembers.isAbout(association, "associationId", id);
    return new Association(
        association.text("associationArn"),
        id,
        association.text("namespace"),
        association.text("serviceAccount"),
        association.text("roleArn"),
        association.optionalText("targetRoleArn"),
        association.optionalText("externalId"),
        association.flag("disableSessionTags"),
        association.optionalText("policy"),
        association.optionalText("ownerArn"),
        association.textMap("tags"));
  }

  private Part<List<Addon>> addons(String own) {
    return source.listed(
        own + "addons.json",
        file -> names(file, "addons"),
        name -> own + "addons/" + FileNames.part(name) + ".json",
        RegionReader::addon);
  }

  private static Addon addon(String name, JsonFile file) {
    JsonMembers<SnapshotException> addon = file.object().object("addon");
    AwsMembers.isAbout(addon, "addonName", name);
    return new Addon(
        name,
        addon.optionalText("addonVersion").orElse(""),
        addon.text("status"),
        addon.optionalText("serviceAccountRoleArn"),
        addon.texts("podIdentityAssociations"),
        health(addon),
        addon.textMap("tags"));
  }

  private Part<List<NodeGroup>> nodeGroups(String own) {
    return source.listed(
        own + "nodegroups.json",
        file -> names(file, "nodegroups"),
        name -> own + "nodegroups/" + FileNames.part(name) + ".json",
        RegionReader::nodeGroup);
  }

  private static NodeGroup nodeGroup(String name, JsonFile file) {
    JsonMembers<SnapshotException> group = file.object().object("nodegroup");
    AwsMembers.isAbout(group, "nodegroupName", name);
    return new NodeGroup(name, group.optionalText("nodeRole").orElse(""), group.text("status"));
  }

  private static Source.Listing<String> names(JsonFile file, String member) {
    JsonMembers<SnapshotException> fields = file.object();
    return new Source.Listing<>(
        fields.requiredTexts(member), fields.has("nextToken") || fields.has("NextToken"));
  }

  private static List<HealthIssue> health(JsonMembers<SnapshotException> fields) {
    return fields.optionalObject("health").stream()
        .flatMap(health -> health.objects("issues").stream())
        .map(issue -> new HealthIssue(issue.text("code"), issue.optionalText("message").orElse("")))
        .toList();
  }
}
