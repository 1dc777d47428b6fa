package io.github.eksidentity.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/// A `moto_server` process on a free port of the loopback interface.
public final class MotoServer implements AutoCloseable {
  private static final String PROGRAM = "moto_server";

  /// What to say where it is not installed.
  public static final String MISSING = PROGRAM + " is not on the PATH (pip install 'moto[server]')";

  /// No process: what there is before one is started.
  public static final MotoServer NONE = new MotoServer(Optional.empty(), 0);

  private final Optional<Process> process;
  private final int port;

  private MotoServer(Optional<Process> process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Whether it can be started here.
  public static boolean isInstalled() {
    return Programs.onPath(PROGRAM);
  }

  /// Starts it and waits until it listens.
  public static MotoServer start() {
    try {
      int port = Programs.freePort();
      Process process =
          new ProcessBuilder(PROGRAM, "-H", "127.0.0.1", "-p", Integer.toString(port))
              .redirectErrorStream(true)
              .start();
      awaitStart(process);
      return new MotoServer(Optional.of(process), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.ifPresent(
        running -> {
          running.descendants().forEach(ProcessHandle::destroy);
          running.destroy();
        });
  }

  /// Reads what it says until it listens, and keeps reading so that it never has to wait.
  private static void awaitStart(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.contains("Running on")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException(PROGRAM + " ended without listening");
    }
    Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
  }
}
