package io.github.eksidentity.core.answers;

import com.fasterxml.jackson.core.JsonParser;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// What a cluster answers to a SelfSubjectAccessReview.
///
/// Documented at
/// <https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-access-review-v1/>.
public final class AccessReview {
  private AccessReview() {}

  /// Whether the caller may do what was asked; empty where the cluster could not decide.
  ///
  /// @throws ShapeException if the answer is not a review
  /// @throws IOException if its source cannot be read
  public static Optional<Boolean> allowed(JsonParser parser) throws ShapeException, IOException {
    try {
      JsonMembers<ShapeException> status =
          ShapeException.members(
                  ShapeException.value(JsonReader.read(parser, JsonLimits.DOCUMENT)), "the answer")
              .object("status");
      if (!status.has("allowed")) {
        throw status.wrong("allowed", "true or false");
      }
      boolean allowed = status.flag("allowed");
      boolean undecided = !allowed && status.optionalText("evaluationError").isPresent();
      return undecided ? Optional.empty() : Optional.of(allowed);
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }
}
