package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.OidcProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;

/// Reads the account's OIDC providers. Their list is not paged and has only ARNs.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>.
final class ProviderCollector {
  static final Set<ApiAction> ACTIONS =
      Set.of(ApiAction.LIST_OIDC_PROVIDERS, ApiAction.GET_OIDC_PROVIDER);

  private final Clients clients;
  private final Calls calls;
  private final Parallel parallel;

  @Inject
  ProviderCollector(Clients clients, Calls calls, Parallel parallel) {
    this.clients = clients;
    this.calls = calls;
    this.parallel = parallel;
  }

  Described<OidcProvider> read(Account account) {
    IamClient iam = clients.iam(account.partition());
    Paged<String> arns =
        Paged.read(
            _ ->
                calls.call(
                    ApiAction.LIST_OIDC_PROVIDERS,
                    Calls.GLOBAL,
                    () -> page(iam.listOpenIDConnectProviders(request -> {}))));
    return Described.of(arns, parallel.map(arns.items(), arn -> describe(iam, arn)));
  }

  private static Paged.Page<String> page(ListOpenIdConnectProvidersResponse answer) {
    List<String> arns =
        Fields.required(
                answer.hasOpenIDConnectProviderList(),
                answer.openIDConnectProviderList(),
                "OpenIDConnectProviderList")
            .stream()
            .map(OpenIDConnectProviderListEntry::arn)
            .map(arn -> Fields.required(arn, "Arn"))
            .toList();
    return new Paged.Page<>(arns, Optional.empty());
  }

  private CallOutcome<OidcProvider> describe(IamClient iam, String arn) {
    return calls.call(
        ApiAction.GET_OIDC_PROVIDER,
        Calls.GLOBAL,
        () ->
            provider(
                arn,
                iam.getOpenIDConnectProvider(request -> request.openIDConnectProviderArn(arn))));
  }

  private static OidcProvider provider(String arn, GetOpenIdConnectProviderResponse answer) {
    return new OidcProvider(
        arn,
        Fields.required(answer.url(), "Url"),
        Fields.required(answer.hasClientIDList(), answer.clientIDList(), "ClientIDList"),
        answer.thumbprintList(),
        Optional.ofNullable(answer.createDate()),
        RoleFacts.tags(answer.tags()));
  }
}
