package io.github.eksidentity.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/// What can be said of a bearer token without showing any of it.
final class BearerToken {
  private static final String SIGNED = "k8s-aws-v1.";
  private static final String SCHEME = "bearer ";
  private static final int LONGEST = 64 << 10;

  private BearerToken() {}

  /// Why no request can be made with it, as the end of a sentence that begins with "the token";
  /// empty if one can.
  static Optional<String> fault(String token) {
    if (token.isEmpty()) {
      return Optional.of("is empty");
    }
    if (token.length() > LONGEST) {
      return Optional.of("is longer than any token");
    }
    if (token.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.of("begins with the word Bearer, which is not part of it");
    }
    return token
        .chars()
        .filter(one -> one <= ' ' || one > '~')
        .mapToObj(BearerToken::described)
        .findFirst()
        .map(
            odd ->
                "contains "
                    + odd
                    + " at character "
                    + (1 + (int) token.chars().takeWhile(one -> one > ' ' && one <= '~').count()));
  }

  private static String described(int odd) {
    return switch (odd) {
      case '\n', '\r' -> "a line break";
      case ' ' -> "a space";
      case '\t' -> "a tab";
      default -> odd > '~' ? "a character that is not ASCII" : "a control character";
    };
  }

  /// How long it is, if AWS credentials signed it: EKS refuses long ones, whoever signed them.
  static OptionalInt signedBytes(String token) {
    return token.startsWith(SIGNED)
        ? OptionalInt.of(token.getBytes(StandardCharsets.UTF_8).length)
        : OptionalInt.empty();
  }
}
