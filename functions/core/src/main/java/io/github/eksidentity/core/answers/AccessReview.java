package io.github.eksidentity.core.answers;

import com.fasterxml.jackson.core.JsonParser;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a cluster answers to a SelfSubjectAccessReview.
///
/// Documented at
/// <https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/>.
public final class AccessReview {
  private AccessReview() {}

  /// Whether the caller may do what was asked.
  ///
  /// @throws ShapeException if the answer is not a review
  /// @throws IOException if its source cannot be read
  public static boolean allowed(JsonParser parser) throws ShapeException, IOException {
    try {
      return allowed(JsonReader.read(parser, JsonLimits.DOCUMENT));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static boolean allowed(JsonResult result) throws ShapeException {
    Members review =
        switch (result) {
          case JsonResult.Read(Json value) -> Members.of(value, "the answer");
          case JsonResult.Unreadable(Position at, String message) ->
              throw new ShapeException(at, message);
        };
    Json allowed =
        review
            .required("status")
            .value("allowed")
            .orElseThrow(() -> new ShapeException(review.object().at(), "\"allowed\" is missing"));
    if (allowed instanceof Json.Bool(_, boolean value)) {
      return value;
    }
    throw new ShapeException(allowed.at(), "\"allowed\" should be true or false");
  }
}
