package io.github.eksidentity.testbed;

import io.github.eksidentity.core.audit.PodRequests;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.Decision;
import io.github.eksidentity.core.policy.TrustEvaluator;
import io.github.eksidentity.core.policy.TrustPolicyParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// STS's AssumeRoleWithWebIdentity for tokens that [KubernetesBed] made: provider, audience and
/// trust policy are asked in that order, as STS does. Tokens are not signed here.
final class WebIdentityWire {
  private final Inventory inventory;

  WebIdentityWire(Inventory inventory) {
    this.inventory = inventory;
  }

  /// A token for a service account of a cluster.
  static String token(String issuer, String subject, String audience) {
    byte[] claims =
        Json.object(
            json -> {
              json.writeStringField("iss", "https://" + issuer);
              json.writeStringField("sub", subject);
              json.writeStringField("aud", audience);
            });
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims)
        + ".c2lnbmF0dXJl";
  }

  /// Why STS refuses, empty where it does not.
  Optional<Reply> refusal(WireRequest request) {
    Map<String, String> claims = claims(request.parameter("WebIdentityToken"));
    String roleArn = request.parameter("RoleArn");
    String account = Arn.parse(roleArn).map(Arn::account).orElse("");
    String issuer = claims.getOrDefault("iss", "").replaceFirst("https://", "");
    String audience = claims.getOrDefault("aud", "");
    Optional<OidcProvider> provider =
        inventory.providers().stream()
            .filter(one -> one.url().equals(issuer) && one.arn().contains("::" + account + ":"))
            .findFirst();
    if (provider.isEmpty()) {
      return Optional.of(
          Reply.error(
              "sts",
              400,
              "InvalidIdentityToken",
              "No OpenIDConnect provider found in your account for https://" + issuer));
    }
    if (!provider.get().clientIds().contains(audience)) {
      return Optional.of(
          Reply.error("sts", 400, "InvalidIdentityToken", "Incorrect token audience"));
    }
    return inventory.roles().stream()
            .filter(role -> role.arn().equals(roleArn))
            .anyMatch(
                role -> admits(role, provider.get(), claims.getOrDefault("sub", ""), audience))
        ? Optional.empty()
        : Optional.of(
            Reply.error(
                "sts",
                403,
                "AccessDenied",
                "Not authorized to perform sts:AssumeRoleWithWebIdentity"));
  }

  private static boolean admits(Role role, OidcProvider provider, String subject, String audience) {
    return TrustPolicyParser.parse(role.trustDocument())
        .policy()
        .map(
            policy ->
                TrustEvaluator.evaluate(
                    policy,
                    PodRequests.webIdentity(
                        role.arn(), provider.arn(), provider.url(), subject, audience)))
        .filter(Decision.Allowed.class::isInstance)
        .isPresent();
  }

  private static Map<String, String> claims(String token) {
    String[] parts = token.split("\\.", -1);
    Map<String, String> claims = new HashMap<>();
    if (parts.length == 3) {
      Json.scalars(Base64.getUrlDecoder().decode(parts[1]), claims);
    }
    return claims;
  }
}
