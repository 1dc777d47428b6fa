package io.github.eksidentity.core.answers;

import com.fasterxml.jackson.core.JsonParser;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a cluster answers to a TokenRequest.
///
/// Documented at
/// <https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/>.
public final class IssuedToken {
  private IssuedToken() {}

  /// The token. Whoever has it is the service account, so no error quotes it.
  ///
  /// @throws ShapeException if the answer is not a TokenRequest with a token
  /// @throws IOException if its source cannot be read
  public static String read(JsonParser parser) throws ShapeException, IOException {
    try {
      return read(JsonReader.read(parser, JsonLimits.DOCUMENT));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static String read(JsonResult result) throws ShapeException {
    Json answer =
        switch (result) {
          case JsonResult.Read(Json value) -> value;
          case JsonResult.Unreadable(Position at, String _) ->
              throw new ShapeException(at, "the answer is not JSON");
        };
    JsonMembers<ShapeException> status =
        ShapeException.members(answer, "the answer").object("status");
    String token = status.text("token");
    if (token.isEmpty()) {
      throw status.wrong("token", "a text that is not empty");
    }
    return token;
  }
}
