package io.github.eksidentity.testbed;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A proxy on the loopback interface, HTTP or SOCKS5 as it is spoken to, that leads to one server
/// whatever host is asked for, and records which was.
public final class TestProxy implements AutoCloseable {
  private static final int SOCKS = 5;
  private static final int NAME = 3;

  private final ServerSocket entry;
  private final int target;
  private final Optional<String> login;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  private TestProxy(ServerSocket entry, int target, Optional<String> login) {
    this.entry = entry;
    this.target = target;
    this.login = login;
  }

  /// Starts one.
  ///
  /// @param port of the server
  /// @param login `user:password` without which it leads nowhere
  public static TestProxy to(int port, Optional<String> login) {
    try {
      TestProxy proxy =
          new TestProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port, login);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its address without a scheme.
  public String authority() {
    return "127.0.0.1:" + entry.getLocalPort();
  }

  /// The servers that were asked for, as `host:port`.
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> lead(client));
      } catch (IOException _) {
        // closed
      }
    }
  }

  private void lead(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      int first = in.readUnsignedByte();
      boolean admitted = first == SOCKS ? socks(in, client) : http((char) first, in, client);
      if (admitted) {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        Thread.ofVirtual().start(() -> copy(client, server));
        copy(server, client);
      }
    } catch (IOException _) {
      // the client went away
    }
  }

  private boolean http(char first, InputStream in, Socket client) throws IOException {
    StringBuilder head = new StringBuilder().append(first);
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    asked.add(head.substring("CONNECT ".length(), head.indexOf(" HTTP/")));
    boolean admitted =
        login
            .map(one -> Base64.getEncoder().encodeToString(one.getBytes(StandardCharsets.UTF_8)))
            .map(one -> head.indexOf("Proxy-Authorization: Basic " + one + "\r\n") > 0)
            .orElse(true);
    say(client, admitted ? "HTTP/1.1 200 OK\r\n\r\n" : "HTTP/1.1 407 Who are you\r\n\r\n");
    return admitted;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private boolean socks(DataInputStream in, Socket client) throws IOException {
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    int wanted = login.isPresent() ? 2 : 0;
    boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(wanted) >= 0;
    client.getOutputStream().write(new byte[] {SOCKS, (byte) (offered ? wanted : 0xff)});
    if (!offered) {
      return false;
    }
    if (login.isPresent()) {
      in.readUnsignedByte();
      String given = text(in) + ":" + text(in);
      boolean known = given.equals(login.get());
      client.getOutputStream().write(new byte[] {1, (byte) (known ? 0 : 1)});
      if (!known) {
        return false;
      }
    }
    in.readNBytes(3);
    String host =
        in.readUnsignedByte() == NAME
            ? text(in)
            : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
    asked.add(host + ":" + in.readUnsignedShort());
    client.getOutputStream().write(new byte[] {SOCKS, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    return true;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // the other direction closed both
    }
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
}
