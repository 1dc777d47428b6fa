package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Association;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsRequest;
import software.amazon.awssdk.services.eks.model.ListPodIdentityAssociationsResponse;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;

/// Reads the Pod Identity associations of a cluster. Their list has no roles, so each is described.
///
/// Documented at
/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_ListPodIdentityAssociations.html>.
final class AssociationCollector {
  static final Set<ApiAction> ACTIONS =
      Set.of(ApiAction.LIST_ASSOCIATIONS, ApiAction.DESCRIBE_ASSOCIATION);
  private static final int PAGE = 100;

  private final Calls calls;
  private final Parallel parallel;

  @Inject
  AssociationCollector(Calls calls, Parallel parallel) {
    this.calls = calls;
    this.parallel = parallel;
  }

  ClusterPart<Association> read(String region, EksClient eks, String cluster) {
    Paged<String> ids =
        Paged.read(
            token ->
                calls.call(
                    ApiAction.LIST_ASSOCIATIONS,
                    region,
                    () -> page(eks.listPodIdentityAssociations(request(cluster, token)))));
    return ClusterPart.of(ids, parallel.map(ids.items(), id -> describe(region, eks, cluster, id)));
  }

  private static ListPodIdentityAssociationsRequest request(
      String cluster, Optional<String> token) {
    ListPodIdentityAssociationsRequest.Builder request =
        ListPodIdentityAssociationsRequest.builder().clusterName(cluster).maxResults(PAGE);
    token.ifPresent(request::nextToken);
    return request.build();
  }

  private static Paged.Page<String> page(ListPodIdentityAssociationsResponse answer) {
    List<String> ids =
        Fields.required(answer.hasAssociations(), answer.associations(), "associations").stream()
            .map(PodIdentityAssociationSummary::associationId)
            .map(id -> Fields.required(id, "associationId"))
            .toList();
    return new Paged.Page<>(ids, Fields.text(answer.nextToken()));
  }

  private CallOutcome<Association> describe(
      String region, EksClient eks, String cluster, String id) {
    return calls.call(
        ApiAction.DESCRIBE_ASSOCIATION,
        region,
        () ->
            association(
                Fields.required(
                    eks.describePodIdentityAssociation(
                            request -> request.clusterName(cluster).associationId(id))
                        .association(),
                    "association")));
  }

  private static Association association(PodIdentityAssociation association) {
    return new Association(
        Fields.required(association.associationArn(), "associationArn"),
        Fields.required(association.associationId(), "associationId"),
        Fields.required(association.namespace(), "namespace"),
        Fields.required(association.serviceAccount(), "serviceAccount"),
        Fields.required(association.roleArn(), "roleArn"),
        Fields.text(association.targetRoleArn()),
        Fields.text(association.externalId()),
        Boolean.TRUE.equals(association.disableSessionTags()),
        Fields.text(association.policy()),
        Fields.text(association.ownerArn()),
        association.tags());
  }
}
