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
  public OidcProvider {
    clientIds = List.copyOf(clientIds);
    thumbprints = List.copyOf(thumbprints);
    tags = Map.copyOf(tags);
  }
}
