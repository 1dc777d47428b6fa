package io.github.eksidentity.kubernetes;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// How to reach the Kubernetes API of a cluster, and as whom.
///
/// @param server its address
/// @param tls trusts the cluster's own certificate authority and nothing else; may hold a client's
/// certificate
/// @param token the bearer token, made anew for each request; empty where the client's certificate
/// says who is calling
public record ClusterAccess(URI server, SSLContext tls, Optional<Supplier<String>> token) {
  /// Access with a bearer token, a client's certificate, or both.
  ///
  /// @param authority PEM
  /// @param clientCertificate PEM; only with the key
  /// @param clientKey PEM, in PKCS #8
  /// @throws AccessException where a certificate or key is broken
  public static ClusterAccess of(
      URI server,
      byte[] authority,
      Optional<byte[]> clientCertificate,
      Optional<byte[]> clientKey,
      Optional<Supplier<String>> token)
      throws AccessException {
    Optional<Certificates.Client> client =
        clientCertificate.flatMap(
            certificate -> clientKey.map(key -> new Certificates.Client(certificate, key)));
    return new ClusterAccess(server, Certificates.trusting(authority, client), token);
  }

  @Override
  public String toString() {
    return "access to " + server;
  }
}
