package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What of a finding's evidence counts for whether the finding changed: neither the order of the
/// observations nor where they stand in the document, nor what looks nearest, nor what passes with
/// time.
final class StableEvidence {
  private StableEvidence() {}

  /// Equal for evidence that says the same; 16 hexadecimal digits.
  static String hash(Finding finding) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      finding.evidence().stream()
          .map(StableEvidence::text)
          .sorted()
          .forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String text(Evidence evidence) {
    return evidence.stable()
        ? String.join(
            "\0",
            evidence.summary(),
            evidence.key().orElse("\1"),
            evidence.value().orElse("\1"),
            evidence.claim().orElse("\1"),
            "\n")
        : evidence.key().orElse("") + "\0\n";
  }
}
