package io.github.eksidentity.kubernetes;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// How to reach the Kubernetes API of a cluster, and as whom.
///
/// @param server its address
/// @param tls trusts the cluster's own certificate authority and nothing else; may hold a client's
/// certificate
/// @param origin who says so
/// @param serverName the host that its certificate is to be for; empty for the one of its address
/// @param proxy the way to it; empty where the JVM's settings decide
public record ClusterAccess(
    URI server,
    SSLContext tls,
    Caller caller,
    Origin origin,
    Optional<String> serverName,
    Optional<ProxyUrl> proxy) {
  /// Where the address and the certificate authority come from.
  public enum Origin {
    /// DescribeCluster, now.
    EKS,
    /// A kubeconfig file, at some time before.
    KUBECONFIG
  }

  /// A client's certificate and its key.
  ///
  /// @param certificate PEM
  /// @param key PEM, in PKCS #8
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Client(byte[] certificate, byte[] key) {
    @Override
    public String toString() {
      return "a client's certificate";
    }
  }

  /// Access as EKS describes the cluster.
  ///
  /// @param authority PEM
  /// @throws AccessException where the authority's certificate is broken
  public static ClusterAccess ofEks(URI server, byte[] authority, Caller caller)
      throws AccessException {
    return new ClusterAccess(
        server,
        Certificates.trusting(authority, Optional.empty()),
        caller,
        Origin.EKS,
        Optional.empty(),
        Optional.empty());
  }

  /// Access as a kubeconfig describes it.
  ///
  /// @param authority PEM
  /// @param client shown beside a token or instead of one
  /// @throws AccessException where a certificate or key is broken
  public static ClusterAccess ofKubeconfig(
      URI server, byte[] authority, Optional<Client> client, Caller caller) throws AccessException {
    return new ClusterAccess(
        server,
        Certificates.trusting(authority, client),
        caller,
        Origin.KUBECONFIG,
        Optional.empty(),
        Optional.empty());
  }

  /// With another host expected in the server's certificate, and asked for in the TLS handshake.
  ///
  /// @throws AccessException if it is neither a host nor an address
  public ClusterAccess expecting(String host) throws AccessException {
    NamedTls.requireHost(host);
    return new ClusterAccess(server, tls, caller, origin, Optional.of(host), proxy);
  }

  /// The same through a proxy.
  public ClusterAccess through(ProxyUrl way) {
    return new ClusterAccess(server, tls, caller, origin, serverName, Optional.of(way));
  }

  ClusterAccess as(Caller another) {
    return new ClusterAccess(server, tls, another, origin, serverName, proxy);
  }

  @Override
  public String toString() {
    return "access to " + server;
  }
}
