package io.github.eksidentity.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// An HTTP proxy for TLS that leads to one server of this machine, whatever host is asked for. A
/// packaged function that is told of it (`https.proxyHost`) calls the test bed by the names that
/// AWS gives, and needs no other way to be tested.
public final class Tunnel implements AutoCloseable {
  private final ServerSocket entry;
  private final URI target;
  private final Set<String> unreachable;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private Tunnel(ServerSocket entry, URI target, Set<String> unreachable) {
    this.entry = entry;
    this.target = target;
    this.unreachable = Set.copyOf(unreachable);
  }

  /// Starts one.
  ///
  /// @param unreachable hosts to which no connection ever comes about
  public static Tunnel to(URI target, Set<String> unreachable) {
    try {
      Tunnel tunnel =
          new Tunnel(
              new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target, unreachable);
      Thread.ofVirtual().start(tunnel::accept);
      return tunnel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a JVM has to be told to go through it.
  public List<String> systemProperties() {
    return List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + entry.getLocalPort());
  }

  @Override
  public void close() {
    try {
      entry.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (!entry.isClosed()) {
        Socket client = entry.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> lead(client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void lead(Socket client) {
    try {
      String host = host(client.getInputStream());
      if (unreachable.contains(host)) {
        return; // answered by nobody until the client gives up
      }
      Socket server = new Socket(target.getHost(), target.getPort());
      open.add(server);
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual().start(() -> copy(client, server));
      copy(server, client);
    } catch (IOException _) {
      // the client went away
    }
  }

  /// The host of `CONNECT host:443 HTTP/1.1`; reads the head of the request to its end.
  private static String host(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    String authority = head.substring("CONNECT ".length(), head.indexOf(" HTTP/"));
    return authority.substring(0, authority.lastIndexOf(':'));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // the other direction closed both
    }
  }
}
