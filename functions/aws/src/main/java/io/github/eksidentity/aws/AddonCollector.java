package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.HealthIssue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AddonHealth;
import software.amazon.awssdk.services.eks.model.ListAddonsRequest;
import software.amazon.awssdk.services.eks.model.ListAddonsResponse;

/// Reads the EKS add-ons of a cluster.
///
/// Documented at <https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddon.html>.
final class AddonCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.LIST_ADDONS, ApiAction.DESCRIBE_ADDON);
  private static final int PAGE = 100;

  private final Calls calls;
  private final Parallel parallel;

  @Inject
  AddonCollector(Calls calls, Parallel parallel) {
    this.calls = calls;
    this.parallel = parallel;
  }

  ClusterPart<Addon> read(String region, EksClient eks, String cluster) {
    Paged<String> names =
        Paged.read(
            token ->
                calls.call(
                    ApiAction.LIST_ADDONS,
                    region,
                    () -> page(eks.listAddons(request(cluster, token)))));
    return ClusterPart.of(
        names, parallel.map(names.items(), name -> describe(region, eks, cluster, name)));
  }

  private static ListAddonsRequest request(String cluster, Optional<String> token) {
    ListAddonsRequest.Builder request =
        ListAddonsRequest.builder().clusterName(cluster).maxResults(PAGE);
    token.ifPresent(request::nextToken);
    return request.build();
  }

  private static Paged.Page<String> page(ListAddonsResponse answer) {
    return new Paged.Page<>(
        Fields.required(answer.hasAddons(), answer.addons(), "addons"),
        Fields.text(answer.nextToken()));
  }

  private CallOutcome<Addon> describe(String region, EksClient eks, String cluster, String name) {
    return calls.call(
        ApiAction.DESCRIBE_ADDON,
        region,
        () ->
            addon(
                Fields.required(
                    eks.describeAddon(request -> request.clusterName(cluster).addonName(name))
                        .addon(),
                    "addon")));
  }

  private static Addon addon(software.amazon.awssdk.services.eks.model.Addon addon) {
    return new Addon(
        Fields.required(addon.addonName(), "addonName"),
        Fields.orEmpty(addon.addonVersion()),
        Fields.required(addon.statusAsString(), "status"),
        Fields.text(addon.serviceAccountRoleArn()),
        addon.podIdentityAssociations(),
        Optional.ofNullable(addon.health()).map(AddonCollector::health).orElse(List.of()),
        addon.tags());
  }

  private static List<HealthIssue> health(AddonHealth health) {
    return health.issues().stream()
        .map(
            issue ->
                new HealthIssue(
                    Fields.orEmpty(issue.codeAsString()), Fields.orEmpty(issue.message())))
        .toList();
  }
}
