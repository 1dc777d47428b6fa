package io.github.eksidentity.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Connects to a server by way of a proxy. The server's name is looked up by the proxy.
///
/// @param host of the server
/// @param port of the server
/// @param patience for the connection and for each answer of the proxy
record ProxyRoute(ProxyUrl proxy, String host, int port, Duration patience) {
  private static final int LONGEST_HEAD = 8192;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})\\b.*");
  private static final int SOCKS = 5;
  private static final int WITHOUT_LOGIN = 0;
  private static final int WITH_PASSWORD = 2;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  /// The proxy does not lead there.
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String detail) {
      super(detail);
    }

    /// Part of a sentence about the proxy.
    String detail() {
      return String.valueOf(getMessage());
    }
  }

  Socket connect() throws RefusedException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), millis());
      socket.setSoTimeout(millis());
      Socket there =
          switch (proxy.kind()) {
            case HTTP -> byHttp(socket);
            case HTTPS -> byHttp(secured(socket));
            case SOCKS5 -> bySocks(socket);
          };
      there.setSoTimeout(0);
      return there;
    } catch (IOException e) {
      close(socket);
      throw new RefusedException(detail(e));
    } catch (RefusedException e) {
      close(socket);
      throw e;
    }
  }

  private int millis() {
    return Math.toIntExact(patience.toMillis());
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is of no use any more
    }
  }

  private static String detail(IOException e) {
    return switch (e) {
      case SocketTimeoutException _ -> "does not answer";
      case UnknownHostException _ -> "has a name without an address";
      case ConnectException _ -> "refuses the connection";
      case SSLException _ -> "shows a certificate that is not trusted";
      default -> "breaks the connection off";
    };
  }

  private Socket secured(Socket socket) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, proxy.host(), proxy.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private Socket byHttp(Socket socket) throws IOException, RefusedException {
    String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    String login =
        proxy
            .login()
            .map(one -> one.user() + ":" + one.password())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .map(bytes -> "Proxy-Authorization: Basic " + base64(bytes) + "\r\n")
            .orElse("");
    socket
        .getOutputStream()
        .write(
            ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + login + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    String head = head(socket.getInputStream());
    Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
    if (!status.matches()) {
      throw new RefusedException("does not answer as an HTTP proxy does");
    }
    if (!status.group(1).startsWith("2")) {
      throw new RefusedException("answers with HTTP " + status.group(1));
    }
    return socket;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > LONGEST_HEAD) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /// As RFC 1928 has it.
  private Socket bySocks(Socket socket) throws IOException, RefusedException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int offered = proxy.login().isPresent() ? WITH_PASSWORD : WITHOUT_LOGIN;
    socket.getOutputStream().write(new byte[] {SOCKS, 1, (byte) offered});
    requireSocks(in);
    if (in.readUnsignedByte() != offered) {
      throw new RefusedException(
          offered == WITHOUT_LOGIN ? "wants a user and a password" : "takes no password");
    }
    Optional<ProxyUrl.Login> login = proxy.login();
    if (login.isPresent()) {
      socket.getOutputStream().write(password(login.get()));
      in.readUnsignedByte();
      if (in.readUnsignedByte() != 0) {
        throw new RefusedException("does not accept its user and password");
      }
    }
    socket.getOutputStream().write(request());
    requireSocks(in);
    int reply = in.readUnsignedByte();
    if (reply != 0) {
      throw new RefusedException("does not lead to the server (SOCKS reply " + reply + ")");
    }
    skipAddress(in);
    return socket;
  }

  private static void requireSocks(DataInputStream in) throws IOException, RefusedException {
    if (in.readUnsignedByte() != SOCKS) {
      throw new RefusedException("does not answer as a SOCKS5 proxy does");
    }
  }

  /// As RFC 1929 has it.
  private static byte[] password(ProxyUrl.Login login) throws IOException, RefusedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(1);
    writeText(bytes, login.user());
    writeText(bytes, login.password());
    return bytes.toByteArray();
  }

  private byte[] request() throws RefusedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {SOCKS, 1, 0});
    Optional<byte[]> address = address();
    if (address.isPresent()) {
      bytes.write(address.get().length == 4 ? IPV4 : IPV6);
      bytes.writeBytes(address.get());
    } else {
      bytes.write(NAME);
      writeText(bytes, host);
    }
    bytes.write(port >> 8);
    bytes.write(port);
    return bytes.toByteArray();
  }

  /// Where the server is given by its address, there is no name to look up.
  private Optional<byte[]> address() {
    try {
      return Optional.of(InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void writeText(ByteArrayOutputStream bytes, String text) throws RefusedException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (encoded.length > 255) {
      throw new RefusedException("takes no names of more than 255 bytes");
    }
    bytes.write(encoded.length);
    bytes.writeBytes(encoded);
  }

  private static void skipAddress(DataInputStream in) throws IOException, RefusedException {
    in.readUnsignedByte();
    int length =
        switch (in.readUnsignedByte()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> in.readUnsignedByte();
          default -> throw new RefusedException("does not answer as a SOCKS5 proxy does");
        };
    in.readFully(new byte[length + 2]);
  }
}
