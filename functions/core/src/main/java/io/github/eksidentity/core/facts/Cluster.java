package io.github.eksidentity.core.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An EKS cluster with what EKS knows of its pods' identities.
///
/// @param status EKS's word, as `ACTIVE`; one that is being made or deleted may have no issuer
/// @param issuer issuer of its tokens without `https://`, letter by letter as DescribeCluster gives
/// it
/// @param version Kubernetes version, as `1.33`
/// @param platformVersion as `eks.12`
/// @param autoMode whether EKS Auto Mode runs the nodes, which brings the Pod Identity agent along
/// @param nodeRoleArn role of Auto Mode's nodes
/// @param endpoint URL of the Kubernetes API
/// @param certificateAuthority base64 of the PEM certificate that its API presents
/// @param kubernetes what its Kubernetes API answered
@RecordBuilder
public record Cluster(
    String arn,
    String name,
    String region,
    String status,
    Optional<String> issuer,
    String version,
    String platformVersion,
    boolean autoMode,
    Optional<String> nodeRoleArn,
    Optional<String> endpoint,
    Optional<String> certificateAuthority,
    Optional<Instant> created,
    List<HealthIssue> health,
    Map<String, String> tags,
    List<Association> associations,
    List<Addon> addons,
    List<NodeGroup> nodeGroups,
    Kubernetes kubernetes)
    implements ClusterBuilder.With {
  public Cluster {
    health = List.copyOf(health);
    tags = Map.copyOf(tags);
    associations = List.copyOf(associations);
    addons = List.copyOf(addons);
    nodeGroups = List.copyOf(nodeGroups);
  }

  /// No two clusters share an ARN, and a cluster may hold tens of thousands of objects.
  @Override
  public int hashCode() {
    return arn.hashCode();
  }

  /// Whether pods can run in it: it is neither being made nor deleted, nor did it fail. While it is
  /// being updated it runs.
  ///
  /// Documented at <https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html>.
  public boolean runs() {
    return status.equals("ACTIVE") || status.equals("UPDATING");
  }

  /// The add-on of this name.
  public Optional<Addon> addon(String addonName) {
    return addons.stream().filter(addon -> addon.name().equals(addonName)).findFirst();
  }
}
