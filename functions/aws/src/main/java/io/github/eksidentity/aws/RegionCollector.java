package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.regions.RegionMetadata;
import software.amazon.awssdk.services.account.AccountClient;
import software.amazon.awssdk.services.account.model.ListRegionsRequest;
import software.amazon.awssdk.services.account.model.ListRegionsResponse;
import software.amazon.awssdk.services.account.model.Region;
import software.amazon.awssdk.services.account.model.RegionOptStatus;
import software.amazon.awssdk.services.eks.EksClient;

/// Finds the regions that are enabled for the account.
///
/// Documented at <https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html>.
final class RegionCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.LIST_REGIONS);
  private static final int PAGE = 50;

  private final Clients clients;
  private final Calls calls;

  @Inject
  RegionCollector(Clients clients, Calls calls) {
    this.clients = clients;
    this.calls = calls;
  }

  /// The regions to look at.
  ///
  /// @param known whether AWS said that they are enabled; otherwise they are merely those of EKS in
  /// the partition, and some may turn out not to be
  record Regions(List<String> names, boolean known, Coverage coverage) {}

  Regions read(Account account) {
    AccountClient client = clients.account(account.partition());
    Paged<String> listed =
        Paged.read(
            token ->
                calls.call(
                    ApiAction.LIST_REGIONS,
                    Calls.GLOBAL,
                    () -> page(client.listRegions(request(token)))));
    return listed
        .problem()
        .map(problem -> new Regions(guess(account), false, guessed(problem)))
        .orElseGet(() -> new Regions(listed.items(), true, new Coverage.Complete()));
  }

  private static Coverage guessed(ReadProblem problem) {
    return new Coverage.Partial(
        "tried the regions of EKS known here instead, which may lack some: " + problem.reason(),
        problem.permission());
  }

  /// The regions in which the SDK knows EKS.
  private static List<String> guess(Account account) {
    return EksClient.serviceMetadata().regions().stream()
        .filter(region -> RegionMetadata.of(region) != null)
        .filter(
            region -> RegionMetadata.of(region).partition().id().equals(account.partition().id()))
        .map(software.amazon.awssdk.regions.Region::id)
        .sorted()
        .toList();
  }

  private static ListRegionsRequest request(Optional<String> token) {
    ListRegionsRequest.Builder request =
        ListRegionsRequest.builder()
            .regionOptStatusContains(RegionOptStatus.ENABLED, RegionOptStatus.ENABLED_BY_DEFAULT)
            .maxResults(PAGE);
    token.ifPresent(request::nextToken);
    return request.build();
  }

  private static Paged.Page<String> page(ListRegionsResponse answer) {
    List<String> names =
        Fields.required(answer.hasRegions(), answer.regions(), "Regions").stream()
            .map(Region::regionName)
            .map(name -> Fields.required(name, "RegionName"))
            .toList();
    return new Paged.Page<>(names, Fields.text(answer.nextToken()));
  }
}
