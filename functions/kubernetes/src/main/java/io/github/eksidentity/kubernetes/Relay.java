package io.github.eksidentity.kubernetes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An HTTP proxy of this process that leads to one server by way of another proxy: `java.net.http`
/// knows neither SOCKS nor a proxy with a password. It sees TLS only.
final class Relay implements Closeable {
  private static final int LONGEST_HEAD = 8192;

  private final ServerSocket entry;
  private final ProxyRoute route;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Optional<String> refusal = Optional.empty();

  private Relay(ServerSocket entry, ProxyRoute route) {
    this.entry = entry;
    this.route = route;
  }

  /// Opens one to a server.
  ///
  /// @param patience for the connection to the proxy and for its answer
  static Relay open(ProxyUrl proxy, String host, int port, Duration patience) throws IOException {
    Relay relay =
        new Relay(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            new ProxyRoute(proxy, host, port, patience));
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  InetSocketAddress entry() {
    return new InetSocketAddress(entry.getInetAddress(), entry.getLocalPort());
  }

  /// Why the proxy did not lead to the server the last time that it was asked, as part of a
  /// sentence about it.
  Optional<String> refusal() {
    return refusal;
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> lead(client));
      } catch (IOException _) {
        // closed, or the client was gone at once
      }
    }
  }

  private void lead(Socket client) {
    try (client) {
      readHead(client.getInputStream());
      try (Socket server = route.connect()) {
        open.add(server);
        refusal = Optional.empty();
        answer(client, "200 Connection established");
        Thread back = Thread.ofVirtual().start(() -> copy(server, client));
        copy(client, server);
        back.join();
      } catch (ProxyRoute.RefusedException e) {
        refusal = Optional.of(e.detail());
        answer(client, "502 Bad Gateway");
      }
    } catch (IOException _) {
      // the client went away
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever is asked for, there is one way only.
  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // the other direction closed both
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
