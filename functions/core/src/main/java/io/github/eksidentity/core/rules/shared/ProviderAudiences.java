package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.admit.WebIdentityCall;
import io.github.eksidentity.core.text.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The audiences of a provider, and what trust policies make of them.
public final class ProviderAudiences {
  private static final Pattern ENDPOINT =
      Pattern.compile("(?:https?://)?sts(?:\\.[a-z0-9-]+)?\\.amazonaws\\.com(?:\\.cn)?/?");

  private ProviderAudiences() {}

  /// Whether an audience was meant to be the one that EKS's tokens carry, and is not: another
  /// partition's suffix, a regional endpoint, a typing error.
  public static boolean missesDefault(String audience) {
    String folded = audience.strip().toLowerCase(Locale.ROOT);
    return !audience.equals(PodRequests.DEFAULT_AUDIENCE)
        && (ENDPOINT.matcher(folded).matches()
            || Nearest.isWithin(Nearest.TYPING_ERRORS, folded, PodRequests.DEFAULT_AUDIENCE));
  }

  /// The provider's audiences besides the default one and attempts at it.
  public static List<String> further(OidcProvider provider) {
    return provider.clientIds().stream()
        .filter(id -> !id.equals(PodRequests.DEFAULT_AUDIENCE) && !missesDefault(id))
        .sorted()
        .toList();
  }

  /// Whom a role admits by a provider with tokens of an audience.
  public static SubjectSet admitted(RoleTrust trust, OidcProvider provider, String audience) {
    return trust
        .policy()
        .map(
            policy ->
                Admission.of(
                    policy,
                    new WebIdentityCall(
                        provider.arn(),
                        OidcProvider.issuerOf(provider.arn()).orElse(provider.url()),
                        audience,
                        trust.role().account(),
                        PodRequests.UNDETERMINED)))
        .orElseGet(SubjectSet.None::new);
  }
}
