package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.inject.Inject;
import software.amazon.awssdk.services.eks.EksClient;

/// Reads one cluster with its associations, add-ons and node groups.
final class ClusterCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.DESCRIBE_CLUSTER);

  private final Calls calls;
  private final Parallel parallel;
  private final AssociationCollector associations;
  private final AddonCollector addons;
  private final NodeGroupCollector nodeGroups;

  @Inject
  ClusterCollector(
      Calls calls,
      Parallel parallel,
      AssociationCollector associations,
      AddonCollector addons,
      NodeGroupCollector nodeGroups) {
    this.calls = calls;
    this.parallel = parallel;
    this.associations = associations;
    this.addons = addons;
    this.nodeGroups = nodeGroups;
  }

  /// A cluster with the coverage of what belongs to it.
  record Reading(Cluster cluster, Map<Scope, Coverage> coverage) {}

  CallOutcome<Reading> read(String region, EksClient eks, String name) {
    return switch (describe(region, eks, name)) {
      case CallOutcome.Ok<ClusterFacts>(ClusterFacts facts) -> parts(region, eks, facts);
      case CallOutcome.Gone<ClusterFacts>(ReadProblem problem) -> new CallOutcome.Gone<>(problem);
      case CallOutcome.Failed<ClusterFacts>(ReadProblem problem) ->
          new CallOutcome.Failed<>(problem);
    };
  }

  private CallOutcome<ClusterFacts> describe(String region, EksClient eks, String name) {
    return calls.call(
        ApiAction.DESCRIBE_CLUSTER,
        region,
        () ->
            ClusterFacts.of(
                region,
                Fields.required(
                    eks.describeCluster(request -> request.name(name)).cluster(), "cluster")));
  }

  private CallOutcome<Reading> parts(String region, EksClient eks, ClusterFacts facts) {
    String name = facts.name();
    Parallel.Task<ClusterPart<Addon>> addonsTask =
        parallel.start(() -> addons.read(region, eks, name));
    ClusterPart<Association> bound = associations.read(region, eks, name);
    ClusterPart<NodeGroup> nodes = nodeGroups(region, eks, name, bound);
    ClusterPart<Addon> added = addonsTask.result();

    Optional<ReadProblem> gone =
        Stream.of(bound.clusterGone(), added.clusterGone(), nodes.clusterGone())
            .flatMap(Optional::stream)
            .findFirst();
    if (gone.isPresent()
        && describe(region, eks, name) instanceof CallOutcome.Gone<ClusterFacts> _) {
      return new CallOutcome.Gone<>(gone.get());
    }
    return new CallOutcome.Ok<>(
        new Reading(
            facts.with(bound.items(), added.items(), nodes.items()),
            Map.of(
                Scope.cluster(Scope.Kind.ASSOCIATIONS, region, name), bound.coverage(),
                Scope.cluster(Scope.Kind.ADDONS, region, name), added.coverage(),
                Scope.cluster(Scope.Kind.NODE_GROUPS, region, name), nodes.coverage())));
  }

  /// Only a cluster with associations has its node groups read: docs/decisions/node-groups.md.
  private ClusterPart<NodeGroup> nodeGroups(
      String region, EksClient eks, String name, ClusterPart<Association> bound) {
    if (!bound.items().isEmpty()) {
      return nodeGroups.read(region, eks, name);
    }
    return ClusterPart.skipped(
        bound.coverage().isComplete()
            ? "no association needs it"
            : "whether an association needs it is not known");
  }
}
