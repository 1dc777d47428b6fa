package io.github.eksidentity.testbed;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// What a client of Kubernetes asks of a token.
record TokenRequest(String audience, Duration lifetime) {
  static Optional<TokenRequest> read(String body) {
    return JsonReader.read(body.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT)
                instanceof JsonResult.Read(Json.Obj request)
            && request.get("spec").orElse(request) instanceof Json.Obj spec
            && spec.get("audiences").orElse(spec) instanceof Json.Arr audiences
            && audiences.items().getFirst() instanceof Json.Str(_, String audience)
            && spec.get("expirationSeconds").orElse(spec) instanceof Json.Num(_, String seconds)
        ? Optional.of(new TokenRequest(audience, Duration.ofSeconds(Long.parseLong(seconds))))
        : Optional.empty();
  }
}
