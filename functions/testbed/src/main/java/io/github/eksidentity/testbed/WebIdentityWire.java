package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// STS's AssumeRoleWithWebIdentity for tokens that [KubernetesBed] made: provider, audience and
/// trust policy are asked in that order, as STS does. Tokens are not signed here.
final class WebIdentityWire {
  private final Inventory inventory;

  WebIdentityWire(Inventory inventory) {
    this.inventory = inventory;
  }

  /// A token for a service account of a cluster, with the claims that it has from a real one as far
  /// as anybody here looks at them.
  static String token(String issuer, String subject, String audience, Duration lifetime) {
    Instant now = Instant.now();
    byte[] claims =
        JsonWriter.bytes(
            Layout.LINE,
            token ->
                token.object(
                    json ->
                        json.texts("aud", List.of(audience))
                            .number("exp", now.plus(lifetime).getEpochSecond())
                            .number("iat", now.getEpochSecond())
                            .text("iss", "https://" + issuer)
                            .text("sub", subject)));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims)
        + ".c2lnbmF0dXJl";
  }

  /// Why STS refuses, empty where it does not.
  Optional<Reply> refusal(WireRequest request) {
    TokenClaims claims = TokenClaims.of(request.parameter("WebIdentityToken"));
    String roleArn = request.parameter("RoleArn");
    String account = Arn.parse(roleArn).map(Arn::account).orElse("");
    Optional<OidcProvider> provider =
        inventory.providers().stream()
            .filter(
                one ->
                    one.url().equals(claims.issuer()) && one.arn().contains("::" + account + ":"))
            .findFirst();
    if (provider.isEmpty()) {
      return Optional.of(
          Reply.error(
              "sts",
              400,
              "InvalidIdentityToken",
              "No OpenIDConnect provider found in your account for https://" + claims.issuer()));
    }
    if (!provider.get().clientIds().contains(claims.audience())) {
      return Optional.of(
          Reply.error("sts", 400, "InvalidIdentityToken", "Incorrect token audience"));
    }
    return inventory.roles().stream()
            .filter(role -> role.arn().equals(roleArn))
            .anyMatch(role -> admits(role, provider.get(), claims))
        ? Optional.empty()
        : Optional.of(
            Reply.error(
                "sts",
                403,
                "AccessDenied",
                "Not authorized to perform sts:AssumeRoleWithWebIdentity"));
  }

  private static boolean admits(Role role, OidcProvider provider, TokenClaims claims) {
    return TrustPolicyParser.parse(role.trustDocument())
        .policy()
        .map(
            policy ->
                TrustEvaluator.evaluate(
                    policy,
                    PodRequests.webIdentity(
                        role.arn(),
                        provider.arn(),
                        provider.url(),
                        claims.subject(),
                        claims.audience())))
        .filter(Decision.Allowed.class::isInstance)
        .isPresent();
  }
}
