package io.github.eksidentity.testbed;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.NodeGroup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// EKS's REST protocol. Bodies of single things are rendered once.
final class EksWire {
  /// The bodies of one cluster and of what belongs to it.
  private record Bodies(
      Cluster cluster,
      Reply described,
      Map<String, byte[]> associations,
      Map<String, byte[]> addons,
      Map<String, byte[]> nodeGroups) {}

  /// Writes one element of a list.
  private interface Element<T> {
    void write(JsonGenerator json, T item) throws IOException;
  }

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
      return list(request, repeat, "clusters", all, JsonGenerator::writeString);
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
              (json, item) -> summary(json, cluster, item));
      case "DescribePodIdentityAssociation" ->
          found("association", bodies.associations(), one.orElseThrow());
      case "ListAddons" ->
          list(
              request,
              repeat,
              "addons",
              cluster.addons(),
              (json, item) -> json.writeString(item.name()));
      case "DescribeAddon" -> found("addon", bodies.addons(), one.orElseThrow());
      case "ListNodegroups" ->
          list(
              request,
              repeat,
              "nodegroups",
              cluster.nodeGroups(),
              (json, item) -> json.writeString(item.name()));
      case "DescribeNodegroup" -> found("nodegroup", bodies.nodeGroups(), one.orElseThrow());
      default -> Reply.bare(404, "text/plain", "no such route");
    };
  }

  private static Reply found(String kind, Map<String, byte[]> bodies, String key) {
    return Optional.ofNullable(bodies.get(key))
        .map(Reply::json)
        .orElseGet(() -> missing(kind, key));
  }

  private static Reply missing(String kind, String name) {
    return Reply.error(
        "eks", 404, "ResourceNotFoundException", "No " + kind + " found for name: " + name + ".");
  }

  private <T> Reply list(
      WireRequest request, boolean repeat, String member, List<T> all, Element<T> element) {
    int size = Math.min(pageSize, request.limit("maxResults"));
    Page<T> page =
        repeat ? Page.repeated(all, size) : Page.of(all, request.token("nextToken"), size);
    return Reply.json(
        Json.object(
            json -> {
              json.writeArrayFieldStart(member);
              for (T item : page.items()) {
                element.write(json, item);
              }
              json.writeEndArray();
              Json.text(json, "nextToken", page.next());
            }));
  }

  private static Bodies bodies(Cluster cluster) {
    return new Bodies(
        cluster,
        Reply.json(Json.object(json -> Json.nested(json, "cluster", it -> cluster(it, cluster)))),
        each(
            cluster.associations(),
            Association::id,
            (json, item) -> Json.nested(json, "association", it -> association(it, cluster, item))),
        each(
            cluster.addons(),
            Addon::name,
            (json, item) -> Json.nested(json, "addon", it -> addon(it, cluster, item))),
        each(
            cluster.nodeGroups(),
            NodeGroup::name,
            (json, item) -> Json.nested(json, "nodegroup", it -> nodeGroup(it, cluster, item))));
  }

  private static <T> Map<String, byte[]> each(
      List<T> items, Function<T, String> key, Element<T> element) {
    return items.stream()
        .collect(Collectors.toMap(key, item -> Json.object(json -> element.write(json, item))));
  }

  private static void cluster(JsonGenerator json, Cluster cluster) throws IOException {
    json.writeStringField("name", cluster.name());
    json.writeStringField("arn", cluster.arn());
    json.writeStringField("status", cluster.status());
    json.writeStringField("version", cluster.version());
    json.writeStringField("platformVersion", cluster.platformVersion());
    Json.text(json, "endpoint", cluster.endpoint());
    if (cluster.created().isPresent()) {
      Json.time(json, "createdAt", cluster.created().get());
    }
    if (cluster.issuer().isPresent()) {
      String url = "https://" + cluster.issuer().get();
      Json.nested(
          json,
          "identity",
          it -> Json.nested(it, "oidc", oidc -> oidc.writeStringField("issuer", url)));
    }
    if (cluster.certificateAuthority().isPresent()) {
      Json.nested(
          json,
          "certificateAuthority",
          it -> Json.text(it, "data", cluster.certificateAuthority()));
    }
    Json.nested(
        json,
        "computeConfig",
        it -> {
          it.writeBooleanField("enabled", cluster.autoMode());
          Json.text(it, "nodeRoleArn", cluster.nodeRoleArn());
        });
    health(json, cluster.health());
    Json.map(json, "tags", cluster.tags());
  }

  private static void summary(JsonGenerator json, Cluster cluster, Association association)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("clusterName", cluster.name());
    json.writeStringField("namespace", association.namespace());
    json.writeStringField("serviceAccount", association.serviceAccount());
    json.writeStringField("associationArn", association.arn());
    json.writeStringField("associationId", association.id());
    Json.text(json, "ownerArn", association.ownerArn());
    json.writeEndObject();
  }

  private static void association(JsonGenerator json, Cluster cluster, Association association)
      throws IOException {
    json.writeStringField("clusterName", cluster.name());
    json.writeStringField("namespace", association.namespace());
    json.writeStringField("serviceAccount", association.serviceAccount());
    json.writeStringField("roleArn", association.roleArn());
    json.writeStringField("associationArn", association.arn());
    json.writeStringField("associationId", association.id());
    json.writeBooleanField("disableSessionTags", association.disableSessionTags());
    Json.text(json, "targetRoleArn", association.targetRoleArn());
    Json.text(json, "externalId", association.externalId());
    Json.text(json, "policy", association.sessionPolicy());
    Json.text(json, "ownerArn", association.ownerArn());
    Json.map(json, "tags", association.tags());
  }

  private static void addon(JsonGenerator json, Cluster cluster, Addon addon) throws IOException {
    json.writeStringField("addonName", addon.name());
    json.writeStringField("clusterName", cluster.name());
    json.writeStringField("status", addon.status());
    json.writeStringField("addonVersion", addon.version());
    Json.text(json, "serviceAccountRoleArn", addon.serviceAccountRoleArn());
    Json.texts(json, "podIdentityAssociations", addon.associations());
    health(json, addon.health());
    Json.map(json, "tags", addon.tags());
  }

  private static void nodeGroup(JsonGenerator json, Cluster cluster, NodeGroup group)
      throws IOException {
    json.writeStringField("nodegroupName", group.name());
    json.writeStringField("clusterName", cluster.name());
    json.writeStringField("nodeRole", group.nodeRole());
    json.writeStringField("status", group.status());
  }

  private static void health(JsonGenerator json, List<HealthIssue> issues) throws IOException {
    json.writeObjectFieldStart("health");
    json.writeArrayFieldStart("issues");
    for (HealthIssue issue : issues) {
      json.writeStartObject();
      json.writeStringField("code", issue.code());
      json.writeStringField("message", issue.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
