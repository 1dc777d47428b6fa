package io.github.eksidentity.kubernetes;

import java.util.Optional;
import java.util.function.Supplier;

/// As whom a cluster is called. A refusal is about nothing else, so that what mends it depends on
/// this.
public sealed interface Caller {
  /// A principal of AWS, which needs an access entry.
  ///
  /// @param signed a new token by each call
  record OfAws(Supplier<String> signed) implements Caller {}

  /// Whoever the token of a kubeconfig belongs to.
  ///
  /// @param written the token; may be another by each call
  record OfKubeconfig(Supplier<String> written) implements Caller {}

  /// Whoever the client's certificate of a kubeconfig names, which the connection shows.
  record OfCertificate() implements Caller {}

  /// The bearer token of one request, if it needs one.
  default Optional<String> token() {
    return switch (this) {
      case OfAws(Supplier<String> signed) -> Optional.of(signed.get());
      case OfKubeconfig(Supplier<String> written) -> Optional.of(written.get());
      case OfCertificate() -> Optional.empty();
    };
  }
}
