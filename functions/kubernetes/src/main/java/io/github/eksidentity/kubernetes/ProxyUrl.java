package io.github.eksidentity.kubernetes;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A proxy as `proxy-url` of a kubeconfig names it. It is not printed, because it may hold a
/// password.
///
/// Documented at <https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#Cluster>.
public final class ProxyUrl {
  private final Kind kind;
  private final String host;
  private final int port;
  private final Optional<Login> login;

  private ProxyUrl(Kind kind, String host, int port, Optional<Login> login) {
    this.kind = kind;
    this.host = host;
    this.port = port;
    this.login = login;
  }

  /// What is spoken with it.
  enum Kind {
    HTTP("http", 80),
    HTTPS("https", 443),
    SOCKS5("socks5", 1080);

    private final String scheme;
    private final int port;

    Kind(String scheme, int port) {
      this.scheme = scheme;
      this.port = port;
    }
  }

  /// Who uses it.
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "a login";
    }
  }

  /// Reads a URL.
  ///
  /// @throws AccessException if it is no URL of a kind that kubectl takes; its message repeats
  /// nothing of the text
  public static ProxyUrl of(String text) throws AccessException {
    try {
      URI uri = new URI(text);
      for (Kind kind : Kind.values()) {
        if (kind.scheme.equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
          return new ProxyUrl(
              kind,
              uri.getHost().replaceAll("[\\[\\]]", ""),
              uri.getPort() < 0 ? kind.port : uri.getPort(),
              Optional.ofNullable(uri.getRawUserInfo()).map(ProxyUrl::login));
        }
      }
    } catch (URISyntaxException _) {
      // refused below
    }
    throw new AccessException(
        "the proxy-url in its kubeconfig is not an http, https or socks5 URL with a host");
  }

  private static Login login(String info) {
    int colon = info.indexOf(':');
    return colon < 0
        ? new Login(decoded(info), "")
        : new Login(decoded(info.substring(0, colon)), decoded(info.substring(colon + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Kind kind() {
    return kind;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  Optional<Login> login() {
    return login;
  }

  @Override
  public String toString() {
    return kind.scheme + "://" + host + ":" + port;
  }
}
