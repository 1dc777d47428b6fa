package io.github.eksidentity.kubernetes;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// TLS that knows how far its latest connection came, and that asks for another host than the one
/// that is connected to, where a kubeconfig says `tls-server-name`. `java.net.http` has no setting
/// for either.
final class NamedTls extends SSLContextSpi {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final SSLContext tls;
  private final Optional<String> name;
  private volatile Optional<WatchedEngine> latest = Optional.empty();

  /// @param name the host to ask for; empty for the one that is connected to
  NamedTls(SSLContext tls, Optional<String> name) {
    this.tls = tls;
    this.name = name;
  }

  /// @throws AccessException if no certificate can be for it
  static void requireHost(String name) throws AccessException {
    try {
      asked(name);
    } catch (IllegalArgumentException _) {
      throw new AccessException("the tls-server-name in its kubeconfig is not the name of a host");
    }
  }

  /// How far a connection came.
  enum Stage {
    /// There is none, or its TCP connection did not come about.
    NOTHING,
    HANDSHAKE,
    ESTABLISHED
  }

  /// How far the connection that was begun last came.
  Stage stage() {
    return latest.map(WatchedEngine::stage).orElse(Stage.NOTHING);
  }

  SSLContext context() {
    return new SSLContext(this, tls.getProvider(), tls.getProtocol()) {};
  }

  /// An address cannot be asked for, only expected.
  private static List<SNIServerName> asked(String name) {
    return ADDRESS.matcher(name).matches() ? List.of() : List.of(new SNIHostName(name));
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    WatchedEngine engine =
        new WatchedEngine(tls.createSSLEngine(name.orElse(host), port), name.map(NamedTls::asked));
    latest = Optional.of(engine);
    return engine;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    throw new UnsupportedOperationException("a server without a name cannot be identified");
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("it is ready for use");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw new UnsupportedOperationException("clusters are called through an SSLEngine");
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException("nobody calls here");
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return tls.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return tls.getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return tls.getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return tls.getSupportedSSLParameters();
  }
}
