package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ListClustersRequest;
import software.amazon.awssdk.services.eks.model.ListClustersResponse;

/// Reads the clusters of one region with all that belongs to them.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/APIReference/API_ListClusters.html>.
final class EksCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.LIST_CLUSTERS);
  private static final int PAGE = 100;
  private static final List<Scope.Kind> OF_CLUSTER =
      List.of(Scope.Kind.ASSOCIATIONS, Scope.Kind.ADDONS, Scope.Kind.NODE_GROUPS);

  private final Clients clients;
  private final Calls calls;
  private final Parallel parallel;
  private final ClusterCollector clusters;
  private final ProgressCounter progress;

  @Inject
  EksCollector(
      Clients clients,
      Calls calls,
      Parallel parallel,
      ClusterCollector clusters,
      ProgressCounter progress) {
    this.clients = clients;
    this.calls = calls;
    this.parallel = parallel;
    this.clusters = clusters;
    this.progress = progress;
  }

  /// The clusters of a region and the coverage of its scopes.
  ///
  /// @param enabled whether the region turned out to be enabled
  record Reading(List<Cluster> clusters, Map<Scope, Coverage> coverage, boolean enabled) {}

  /// @param known whether AWS said that the region is enabled
  Reading read(String region, boolean known) {
    EksClient eks = clients.eks(region);
    Paged<String> names =
        Paged.read(
            token ->
                calls.call(
                    ApiAction.LIST_CLUSTERS, region, () -> page(eks.listClusters(request(token)))));
    if (!known && names.items().isEmpty() && refusedByRegion(names)) {
      progress.regionDone();
      return new Reading(
          List.of(),
          Map.of(Scope.region(region), new Coverage.Skipped("not enabled for this account")),
          false);
    }
    progress.clustersFound(names.items().size());
    List<CallOutcome<ClusterCollector.Reading>> answers =
        parallel.map(names.items(), name -> cluster(region, eks, name));
    progress.regionDone();
    return reading(region, names, answers);
  }

  private CallOutcome<ClusterCollector.Reading> cluster(String region, EksClient eks, String name) {
    CallOutcome<ClusterCollector.Reading> answer = clusters.read(region, eks, name);
    progress.clusterDone();
    return answer;
  }

  private static boolean refusedByRegion(Paged<String> names) {
    return names
        .problem()
        .filter(problem -> problem.kind() == ReadProblem.Kind.NOT_ENABLED)
        .isPresent();
  }

  private static Reading reading(
      String region, Paged<String> names, List<CallOutcome<ClusterCollector.Reading>> answers) {
    List<Cluster> read = new ArrayList<>();
    Map<Scope, Coverage> coverage = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      String name = names.items().get(i);
      switch (answers.get(i)) {
        case CallOutcome.Ok<ClusterCollector.Reading>(ClusterCollector.Reading reading) -> {
          read.add(reading.cluster());
          coverage.putAll(reading.coverage());
        }
        case CallOutcome.Gone<ClusterCollector.Reading> _ -> {}
        case CallOutcome.Failed<ClusterCollector.Reading>(ReadProblem problem) ->
            OF_CLUSTER.forEach(
                kind ->
                    coverage.put(
                        Scope.cluster(kind, region, name),
                        problem.within("its cluster was not read").failed()));
      }
    }
    coverage.put(Scope.region(region), Described.of(names, answers).coverage());
    return new Reading(read, coverage, true);
  }

  private static ListClustersRequest request(Optional<String> token) {
    ListClustersRequest.Builder request = ListClustersRequest.builder().maxResults(PAGE);
    token.ifPresent(request::nextToken);
    return request.build();
  }

  private static Paged.Page<String> page(ListClustersResponse answer) {
    return new Paged.Page<>(
        Fields.required(answer.hasClusters(), answer.clusters(), "clusters"),
        Fields.text(answer.nextToken()));
  }
}
