package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.NodeGroup;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Certificate;
import software.amazon.awssdk.services.eks.model.ClusterHealth;
import software.amazon.awssdk.services.eks.model.ComputeConfigResponse;
import software.amazon.awssdk.services.eks.model.Identity;
import software.amazon.awssdk.services.eks.model.OIDC;

/// What DescribeCluster says, as the facts of a cluster without what belongs to it.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html>.
record ClusterFacts(Cluster bare) {
  static ClusterFacts of(String region, software.amazon.awssdk.services.eks.model.Cluster cluster) {
    Optional<ComputeConfigResponse> compute = Optional.ofNullable(cluster.computeConfig());
    return new ClusterFacts(
        new Cluster(
            Fields.required(cluster.arn(), "arn"),
            Fields.required(cluster.name(), "name"),
            region,
            Fields.required(cluster.statusAsString(), "status"),
            issuer(cluster.identity()),
            Fields.orEmpty(cluster.version()),
            Fields.orEmpty(cluster.platformVersion()),
            compute.map(ComputeConfigResponse::enabled).orElse(false),
            compute.flatMap(config -> Fields.text(config.nodeRoleArn())),
            Fields.text(cluster.endpoint()),
            Optional.ofNullable(cluster.certificateAuthority())
                .map(Certificate::data)
                .flatMap(Fields::text),
            Optional.ofNullable(cluster.createdAt()),
            Optional.ofNullable(cluster.health()).map(ClusterFacts::health).orElse(List.of()),
            cluster.tags(),
            List.of(),
            List.of(),
            List.of(),
            Kubernetes.NOT_READ));
  }

  String name() {
    return bare.name();
  }

  Cluster with(List<Association> associations, List<Addon> addons, List<NodeGroup> nodeGroups) {
    return new Cluster(
        bare.arn(),
        bare.name(),
        bare.region(),
        bare.status(),
        bare.issuer(),
        bare.version(),
        bare.platformVersion(),
        bare.autoMode(),
        bare.nodeRoleArn(),
        bare.endpoint(),
        bare.certificateAuthority(),
        bare.created(),
        bare.health(),
        bare.tags(),
        associations,
        addons,
        nodeGroups,
        bare.kubernetes());
  }

  private static Optional<String> issuer(Identity identity) {
    return Optional.ofNullable(identity)
        .map(Identity::oidc)
        .map(OIDC::issuer)
        .flatMap(Fields::text)
        .map(EksIssuer::bare);
  }

  private static List<HealthIssue> health(ClusterHealth health) {
    return health.issues().stream()
        .map(
            issue ->
                new HealthIssue(
                    Fields.orEmpty(issue.codeAsString()), Fields.orEmpty(issue.message())))
        .toList();
  }
}
