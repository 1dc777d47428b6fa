package io.github.eksidentity.cli.console;

import io.github.eksidentity.aws.Progress;
import java.util.concurrent.atomic.AtomicLong;

/// One line on standard error that tells how far reading has come, and goes away when it is done.
public final class ProgressLine implements AutoCloseable {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final boolean visible;
  private final AtomicLong lastShown = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

  public ProgressLine(Console console, boolean visible) {
    this.console = console;
    this.visible = visible;
  }

  public void show(Progress.State state) {
    long last = lastShown.get();
    long now = System.nanoTime();
    if (visible && now - last >= PAUSE_NANOS && lastShown.compareAndSet(last, now)) {
      console
          .err()
          .print(
              CLEAR
                  + "reading: %d of %d regions, %d of %d clusters, %d calls"
                      .formatted(
                          state.regionsDone(),
                          state.regions(),
                          state.clustersDone(),
                          state.clusters(),
                          state.calls()));
      console.err().flush();
    }
  }

  @Override
  public void close() {
    if (visible) {
      console.err().print(CLEAR);
      console.err().flush();
    }
  }
}
