package io.github.eksidentity.core.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An IAM OIDC identity provider.
///
/// @param arn its suffix after `oidc-provider/` is the URL
/// @param url as GetOpenIDConnectProvider returns it: without `https://`
/// @param clientIds audiences that STS accepts
/// @param created empty where it was not read
public record OidcProvider(
    String arn,
    String url,
    List<String> clientIds,
    List<String> thumbprints,
    Optional<Instant> created,
    Map<String, String> tags) {
  /// The type of resource in the ARN of a provider.
  public static final String RESOURCE = "oidc-provider/";

  public OidcProvider {
    clientIds = List.copyOf(clientIds);
    thumbprints = List.copyOf(thumbprints);
    tags = Map.copyOf(tags);
  }

  /// The ARN of an account's provider for an issuer.
  ///
  /// @param issuer without `https://`
  public static String arn(Account account, String issuer) {
    return arn(account.partition().id(), account.id(), issuer);
  }

  /// The ARN of the provider that STS asks where a token of an issuer comes for this role: the one
  /// in the role's own account.
  ///
  /// @param issuer without `https://`
  public static String arn(Arn role, String issuer) {
    return arn(role.partition(), role.account(), issuer);
  }

  /// The same for an account of which no more is known.
  public static String arn(String partition, String account, String issuer) {
    return new Arn(partition, "iam", "", account, RESOURCE + issuer).toString();
  }

  /// The issuer in the ARN of a provider, without `https://`; empty for any other text.
  public static Optional<String> issuerOf(String arn) {
    return Arn.parse(arn)
        .filter(parts -> parts.service().equals("iam") && parts.resource().startsWith(RESOURCE))
        .map(parts -> parts.resource().substring(RESOURCE.length()));
  }
}
