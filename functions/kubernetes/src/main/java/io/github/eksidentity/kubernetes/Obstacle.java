package io.github.eksidentity.kubernetes;

import io.github.eksidentity.kubernetes.NamedTls.Stage;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Why a request was not answered.
///
/// @param reason by the number of attempts
/// @param attempts how many are worth while
record Obstacle(IntFunction<Unreadable> reason, int attempts) {
  private static final int FINAL = 1;
  private static final int CONNECTS = 3;
  private static final int ATTEMPTS = 5;
  private static final Pattern ALERT =
      Pattern.compile(".*Received fatal alert: ([a-z_]+)", Pattern.DOTALL);
  private static final Pattern TUNNEL = Pattern.compile(".*Tunnel failed, got: ([0-9]{3})");

  /// Judges by the exception and by how far the connection came.
  ///
  /// @param connectSeconds how long a connection may take
  static Obstacle of(IOException e, Stage stage, long connectSeconds) {
    Optional<CertificateFault> certificate =
        causes(e)
            .filter(RejectedCertificateException.class::isInstance)
            .map(one -> ((RejectedCertificateException) one).fault())
            .findFirst();
    if (certificate.isPresent()) {
      return new Obstacle(_ -> new Unreadable.Untrusted(certificate.get()), FINAL);
    }
    if (e instanceof HttpTimeoutException) {
      String detail = "within " + connectSeconds + " seconds";
      return stage == Stage.HANDSHAKE
          ? handshake("it was not answered " + detail, CONNECTS)
          : unreachable("no connection " + detail, CONNECTS);
    }
    return switch (stage) {
      case NOTHING -> notConnected(e);
      case HANDSHAKE -> inHandshake(e);
      case ESTABLISHED ->
          alert(e)
              .map(name -> handshake("the server ended it (" + name + ")", FINAL))
              .orElse(new Obstacle(Unreadable.Broken::new, ATTEMPTS));
    };
  }

  /// The proxy that a kubeconfig names did not lead to the server.
  static Obstacle ofProxy(String detail) {
    return unreachable("the proxy in its kubeconfig " + detail, ATTEMPTS);
  }

  private static Obstacle notConnected(IOException e) {
    if (has(e, UnresolvedAddressException.class)) {
      return unreachable("its name has no address", FINAL);
    }
    Matcher tunnel = TUNNEL.matcher(String.valueOf(e.getMessage()));
    if (tunnel.matches()) {
      return unreachable("the proxy answers with HTTP " + tunnel.group(1), ATTEMPTS);
    }
    if (has(e, NoRouteToHostException.class)) {
      return unreachable("no route to it", ATTEMPTS);
    }
    return unreachable(
        e instanceof ConnectException ? "connection refused" : "the connection broke", ATTEMPTS);
  }

  private static Obstacle inHandshake(IOException e) {
    Optional<String> alert = alert(e);
    if (alert.isPresent()) {
      return handshake("the server refused it (" + alert.get() + ")", FINAL);
    }
    if (says(e, "Unsupported or unrecognized SSL message") || says(e, "plaintext connection")) {
      return handshake("what answers there does not speak TLS", FINAL);
    }
    if (says(e, "reset")) {
      return handshake("the connection was reset", ATTEMPTS);
    }
    return e instanceof SSLException && !has(e, EOFException.class) && !says(e, "terminated")
        ? handshake("the two sides do not agree", FINAL)
        : handshake("the connection was closed", ATTEMPTS);
  }

  private static Optional<String> alert(IOException e) {
    return causes(e)
        .map(one -> ALERT.matcher(String.valueOf(one.getMessage())))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  private static boolean says(IOException e, String words) {
    return causes(e).anyMatch(one -> String.valueOf(one.getMessage()).contains(words));
  }

  private static boolean has(IOException e, Class<? extends Exception> kind) {
    return causes(e).anyMatch(kind::isInstance);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  private static Obstacle unreachable(String detail, int attempts) {
    return new Obstacle(tried -> new Unreadable.Unreachable(detail, tried), attempts);
  }

  private static Obstacle handshake(String detail, int attempts) {
    return new Obstacle(tried -> new Unreadable.Handshake(detail, tried), attempts);
  }
}
