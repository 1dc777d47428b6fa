package io.github.eksidentity.core.facts;

import java.util.Optional;

/// An Amazon Resource Name taken apart. No part is checked beyond being there.
///
/// @param resource everything after the fifth colon
public record Arn(
    String partition, String service, String region, String account, String resource) {

  /// The parts of a text of the form `arn:partition:service:region:account:resource`, empty for any
  /// other text.
  public static Optional<Arn> parse(String text) {
    String[] parts = text.split(":", 6);
    return parts.length == 6 && parts[0].equals("arn") && !parts[5].isEmpty()
        ? Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return String.join(":", "arn", partition, service, region, account, resource);
  }
}
