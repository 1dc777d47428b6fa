package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// EKS's REST protocol. Bodies of single things are rendered once.
final class EksWire {
  /// The bodies of one cluster and of what belongs to it.
  private record Bodies(
      Cluster cluster,
      Reply described,
      Map<String, Reply> associations,
      Map<String, Reply> addons,
      Map<String, Reply> nodeGroups) {}

  private final int pageSize;
  private final Map<String, Map<String, Bodies>> regions;
  private final Map<String, List<String>> names;

  EksWire(Inventory inventory, int pageSize) {
    this.pageSize = pageSize;
    regions =
        inventory.clusters().stream()
            .collect(
                Collectors.groupingBy(
                    Cluster::region, Collectors.toMap(Cluster::name, EksWire::bodies)));
    names =
        inventory.clusters().stream()
            .collect(
                Collectors.groupingBy(
                    Cluster::region, Collectors.mapping(Cluster::name, Collectors.toList())));
  }

  /// The action that a request is, as `DescribeCluster`.
  static String action(WireRequest request) {
    List<String> path = request.path();
    String kind = path.size() < 3 ? "clusters" : path.get(2);
    boolean list = path.size() % 2 == 1;
    return switch (kind) {
      case "clusters" -> list ? "ListClusters" : "DescribeCluster";
      case "pod-identity-associations" ->
          list ? "ListPodIdentityAssociations" : "DescribePodIdentityAssociation";
      case "addons" -> list ? "ListAddons" : "DescribeAddon";
      case "node-groups" -> list ? "ListNodegroups" : "DescribeNodegroup";
      default -> "Unknown";
    };
  }

  /// The cluster, and what of it, that a request names.
  static String resource(WireRequest request) {
    List<String> path = request.path();
    return switch (path.size()) {
      case 2, 3 -> path.get(1);
      case 4 -> path.get(1) + "/" + path.get(3);
      default -> "";
    };
  }

  /// @param repeat whether a list is to repeat its token
  Reply answer(WireRequest request, boolean repeat) {
    List<String> path = request.path();
    String region = request.region();
    if (path.size() == 1) {
      List<String> all = names.getOrDefault(region, List.of());
      return list(request, repeat, "clusters", all, JsonWriter::text);
    }
    Bodies bodies = regions.getOrDefault(region, Map.of()).get(path.get(1));
    if (bodies == null) {
      return missing("cluster", path.get(1));
    }
    return path.size() == 2 ? bodies.described() : ofCluster(request, bodies, repeat);
  }

  private Reply ofCluster(WireRequest request, Bodies bodies, boolean repeat) {
    Cluster cluster = bodies.cluster();
    List<String> path = request.path();
    Optional<String> one = path.size() == 4 ? Optional.of(path.get(3)) : Optional.empty();
    return switch (action(request)) {
      case "ListPodIdentityAssociations" ->
          list(
              request,
              repeat,
              "associations",
              cluster.associations(),
              (json, item) -> json.object(it -> summary(it, cluster, item)));
      case "DescribePodIdentityAssociation" ->
          found("association", bodies.associations(), one.orElseThrow());
      case "ListAddons" ->
          list(request, repeat, "addons", cluster.addons(), (json, item) -> json.text(item.name()));
      case "DescribeAddon" -> found("addon", bodies.addons(), one.orElseThrow());
      case "ListNodegroups" ->
          list(
              request,
              repeat,
              "nodegroups",
              cluster.nodeGroups(),
              (json, item) -> json.text(item.name()));
      case "DescribeNodegroup" -> found("nodegroup", bodies.nodeGroups(), one.orElseThrow());
      default -> Reply.bare(404, "text/plain", "no such route");
    };
  }

  private static Reply found(String kind, Map<String, Reply> bodies, String key) {
    return Optional.ofNullable(bodies.get(key)).orElseGet(() -> missing(kind, key));
  }

  private static Reply missing(String kind, String name) {
    return Reply.error(
        "eks", 404, "ResourceNotFoundException", "No " + kind + " found for name: " + name + ".");
  }

  private <T> Reply list(
      WireRequest request,
      boolean repeat,
      String member,
      List<T> all,
      BiConsumer<JsonWriter, T> element) {
    int size = Math.min(pageSize, request.limit("maxResults"));
    ListPage<T> page =
        repeat ? ListPage.repeated(all, size) : ListPage.of(all, request.token("nextToken"), size);
    return Reply.json(
        json ->
            json.list(member, items -> page.items().forEach(item -> element.accept(items, item)))
                .text("nextToken", page.next()));
  }

  private static Bodies bodies(Cluster cluster) {
    return new Bodies(
        cluster,
        Reply.json(json -> json.object("cluster", it -> cluster(it, cluster))),
        each(
            cluster.associations(),
            Association::id,
            (json, item) -> json.object("association", it -> association(it, cluster, item))),
        each(
            cluster.addons(),
            Addon::name,
            (json, item) -> json.object("addon", it -> addon(it, cluster, item))),
        each(
            cluster.nodeGroups(),
            NodeGroup::name,
            (json, item) -> json.object("nodegroup", it -> nodeGroup(it, cluster, item))));
  }

  private static <T> Map<String, Reply> each(
      List<T> items, Function<T, String> key, BiConsumer<JsonWriter, T> element) {
    return items.stream()
        .collect(Collectors.toMap(key, item -> Reply.json(json -> element.accept(json, item))));
  }

  private static void cluster(JsonWriter json, Cluster cluster) {
    json.text("name", cluster.name())
        .text("arn", cluster.arn())
        .text("status", cluster.status())
        .text("version", cluster.version())
        .text("platformVersion", cluster.platformVersion())
        .text("endpoint", cluster.endpoint());
    cluster.created().ifPresent(created -> json.name("createdAt").number(seconds(created)));
    cluster
        .issuer()
        .ifPresent(
            issuer ->
                json.object(
                    "identity",
                    it -> it.object("oidc", oidc -> oidc.text("issuer", "https://" + issuer))));
    cluster
        .certificateAuthority()
        .ifPresent(data -> json.object("certificateAuthority", it -> it.text("data", data)));
    json.object(
        "computeConfig",
        it -> it.flag("enabled", cluster.autoMode()).text("nodeRoleArn", cluster.nodeRoleArn()));
    health(json, cluster.health()).texts("tags", cluster.tags());
  }

  /// A time as the REST protocols carry it: seconds since 1970, to the millisecond.
  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3);
  }

  private static JsonWriter summary(JsonWriter json, Cluster cluster, Association association) {
    return json.text("clusterName", cluster.name())
        .text("namespace", association.namespace())
        .text("serviceAccount", association.serviceAccount())
        .text("associationArn", association.arn())
        .text("associationId", association.id())
        .text("ownerArn", association.ownerArn());
  }

  private static void association(JsonWriter json, Cluster cluster, Association association) {
    summary(json, cluster, association)
        .text("roleArn", association.roleArn())
        .flag("disableSessionTags", association.disableSessionTags())
        .text("targetRoleArn", association.targetRoleArn())
        .text("externalId", association.externalId())
        .text("policy", association.sessionPolicy())
        .texts("tags", association.tags());
  }

  private static void addon(JsonWriter json, Cluster cluster, Addon addon) {
    json.text("addonName", addon.name())
        .text("clusterName", cluster.name())
        .text("status", addon.status())
        .text("addonVersion", addon.version())
        .text("serviceAccountRoleArn", addon.serviceAccountRoleArn())
        .texts("podIdentityAssociations", addon.associations());
    health(json, addon.health()).texts("tags", addon.tags());
  }

  private static void nodeGroup(JsonWriter json, Cluster cluster, NodeGroup group) {
    json.text("nodegroupName", group.name())
        .text("clusterName", cluster.name())
        .text("nodeRole", group.nodeRole())
        .text("status", group.status());
  }

  private static JsonWriter health(JsonWriter json, List<HealthIssue> issues) {
    return json.object(
        "health",
        health ->
            health.objects(
                "issues",
                issues,
                (one, issue) -> one.text("code", issue.code()).text("message", issue.message())));
  }
}
