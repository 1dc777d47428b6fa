package io.github.eksidentity.testbed;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on the loopback interface with which no TLS connection comes about, for one of the
/// reasons that the field knows. It would answer every request with HTTP 200.
public final class TlsTrouble implements AutoCloseable {
  /// handshake_failure, as RFC 8446 numbers it.
  private static final byte[] ALERT = HexFormat.of().parseHex("15030300020228");

  private static final byte[] PLAIN_ANSWER =
      "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final URI endpoint;
  private final byte[] authority;
  private final AtomicInteger reached;
  private final Runnable stop;

  private TlsTrouble(int port, byte[] authority, AtomicInteger reached, Runnable stop) {
    this.endpoint = URI.create("https://127.0.0.1:" + port);
    this.authority = authority;
    this.reached = reached;
    this.stop = stop;
  }

  /// What is wrong.
  public enum Kind {
    /// The certificate is for `kubernetes.example`.
    OTHER_HOST,
    EXPIRED,
    NOT_YET_VALID,
    /// The connection is closed before the server says anything, as by a load balancer without
    /// targets.
    CLOSED,
    RESET,
    /// The server refuses the handshake by an alert.
    ALERT,
    PLAIN_HTTP
  }

  /// Starts one.
  public static TlsTrouble serve(Kind kind) {
    try {
      return switch (kind) {
        case OTHER_HOST -> showing(TestCertificate.make("dns:kubernetes.example", "-1H"));
        case EXPIRED -> showing(TestCertificate.make("ip:127.0.0.1", "-3d"));
        case NOT_YET_VALID -> showing(TestCertificate.make("ip:127.0.0.1", "+1d"));
        case CLOSED -> doing(client -> {});
        case RESET -> doing(client -> client.setSoLinger(true, 0));
        case ALERT -> doing(client -> client.getOutputStream().write(ALERT));
        case PLAIN_HTTP -> doing(client -> client.getOutputStream().write(PLAIN_ANSWER));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TlsTrouble showing(TestCertificate certificate) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    AtomicInteger requests = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return new TlsTrouble(
        server.getAddress().getPort(), certificate.pem(), requests, () -> server.stop(0));
  }

  private interface Misdeed {
    void to(Socket client) throws IOException;
  }

  private static TlsTrouble doing(Misdeed misdeed) throws IOException {
    ServerSocket entry = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    AtomicInteger connections = new AtomicInteger();
    Thread.ofVirtual().start(() -> accept(entry, misdeed, connections));
    return new TlsTrouble(
        entry.getLocalPort(), TestCertificate.shared().pem(), connections, () -> close(entry));
  }

  private static void accept(ServerSocket entry, Misdeed misdeed, AtomicInteger connections) {
    while (!entry.isClosed()) {
      try (Socket client = entry.accept()) {
        connections.incrementAndGet();
        client.getInputStream().read(new byte[16_384]);
        misdeed.to(client);
      } catch (IOException _) {
        // closed, or the client was gone first
      }
    }
  }

  private static void close(ServerSocket entry) {
    try {
      entry.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its address.
  public URI endpoint() {
    return endpoint;
  }

  /// The PEM certificate that would be trusted but for what is wrong.
  public byte[] authority() {
    return authority;
  }

  /// How many requests came through, or connections where there is no TLS.
  public int reached() {
    return reached.get();
  }

  @Override
  public void close() {
    stop.run();
  }
}
