package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.AwsAnnotations;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// For how many seconds a projected token is asked for. The annotation of the pod counts before
/// that of its service account; one that is no whole number is passed over; what is too short is
/// raised.
///
/// @param shortest in seconds
/// @param longest the same, except where the webhook chooses at random
public record Lifetime(long shortest, long longest) {
  /// What the webhook asks for where nothing is annotated, and the longest that EKS issues.
  public static final long DEFAULT = 86_400;

  /// The shortest that the webhook and Kubernetes take.
  public static final long LEAST = 600;

  /// Above this the API server refuses the pod.
  ///
  /// Documented at
  /// <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>.
  public static final long MOST = 1L << 32;

  private static final long LEAST_BY_CHANCE = 79_200;

  /// What the webhook makes of the annotations.
  static Lifetime of(
      Map<String, String> ofServiceAccount, Map<String, String> ofPod, CredentialPair pair) {
    long seconds =
        annotated(ofPod)
            .map(Lifetime::raised)
            .or(() -> annotated(ofServiceAccount).map(Lifetime::raised))
            .orElse(DEFAULT);
    return pair == CredentialPair.POD_IDENTITY && seconds == DEFAULT
        ? new Lifetime(LEAST_BY_CHANCE, DEFAULT)
        : new Lifetime(seconds, seconds);
  }

  private static long raised(long seconds) {
    return Math.max(seconds, LEAST);
  }

  /// The number of an annotation as the webhook reads it; empty where it passes it over.
  public static Optional<Long> annotated(Map<String, String> annotations) {
    String text = annotations.get(AwsAnnotations.TOKEN_EXPIRATION);
    OptionalLong seconds = text == null ? OptionalLong.empty() : GoText.whole(text);
    return seconds.isPresent() ? Optional.of(seconds.getAsLong()) : Optional.empty();
  }
}
