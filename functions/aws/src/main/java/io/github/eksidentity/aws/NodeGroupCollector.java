package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.NodeGroup;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ListNodegroupsRequest;
import software.amazon.awssdk.services.eks.model.ListNodegroupsResponse;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/// Reads the managed node groups of a cluster.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeNodegroup.html>.
final class NodeGroupCollector {
  static final Set<ApiAction> ACTIONS =
      Set.of(ApiAction.LIST_NODE_GROUPS, ApiAction.DESCRIBE_NODE_GROUP);
  private static final int PAGE = 100;

  private final Calls calls;
  private final Parallel parallel;

  @Inject
  NodeGroupCollector(Calls calls, Parallel parallel) {
    this.calls = calls;
    this.parallel = parallel;
  }

  ClusterPart<NodeGroup> read(String region, EksClient eks, String cluster) {
    Paged<String> names =
        Paged.read(
            token ->
                calls.call(
                    ApiAction.LIST_NODE_GROUPS,
                    region,
                    () -> page(eks.listNodegroups(request(cluster, token)))));
    return ClusterPart.of(
        names, parallel.map(names.items(), name -> describe(region, eks, cluster, name)));
  }

  private static ListNodegroupsRequest request(String cluster, Optional<String> token) {
    ListNodegroupsRequest.Builder request =
        ListNodegroupsRequest.builder().clusterName(cluster).maxResults(PAGE);
    token.ifPresent(request::nextToken);
    return request.build();
  }

  private static Paged.Page<String> page(ListNodegroupsResponse answer) {
    return new Paged.Page<>(
        Fields.required(answer.hasNodegroups(), answer.nodegroups(), "nodegroups"),
        Fields.text(answer.nextToken()));
  }

  private CallOutcome<NodeGroup> describe(
      String region, EksClient eks, String cluster, String name) {
    return calls.call(
        ApiAction.DESCRIBE_NODE_GROUP,
        region,
        () ->
            nodeGroup(
                Fields.required(
                    eks.describeNodegroup(
                            request -> request.clusterName(cluster).nodegroupName(name))
                        .nodegroup(),
                    "nodegroup")));
  }

  private static NodeGroup nodeGroup(Nodegroup group) {
    return new NodeGroup(
        Fields.required(group.nodegroupName(), "nodegroupName"),
        Fields.required(group.nodeRole(), "nodeRole"),
        Fields.required(group.statusAsString(), "status"));
  }
}
