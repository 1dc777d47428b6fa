package io.github.eksidentity.testbed;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import java.util.Base64;
import java.util.List;

/// What a service account's token says; a claim that is not there is an empty text.
///
/// @param issuer without `https://`
record TokenClaims(String issuer, String audience, String subject) {
  private static final TokenClaims NONE = new TokenClaims("", "", "");

  static TokenClaims of(String token) {
    String[] parts = token.split("\\.", -1);
    return parts.length == 3
            && JsonReader.read(Base64.getUrlDecoder().decode(parts[1]), JsonLimits.DOCUMENT)
                instanceof JsonResult.Read(Json.Obj claims)
        ? new TokenClaims(
            text(claims, "iss").replaceFirst("https://", ""),
            text(claims, "aud"),
            text(claims, "sub"))
        : NONE;
  }

  private static String text(Json.Obj claims, String name) {
    return claims.get(name).map(TokenClaims::text).orElse("");
  }

  /// Kubernetes writes the audience as a list of one.
  private static String text(Json claim) {
    return switch (claim) {
      case Json.Str(_, String text) -> text;
      case Json.Arr(_, List<Json> items) when items.size() == 1 -> text(items.getFirst());
      default -> "";
    };
  }
}
