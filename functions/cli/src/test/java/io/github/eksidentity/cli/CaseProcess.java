package io.github.eksidentity.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The command in a process of its own, which writes at its end what it used: seconds of the
/// processor, and the most memory in megabytes where the system tells (0 elsewhere).
public final class CaseProcess {
  /// Name of the property that says where to write.
  public static final String USED = "case.used";

  private static final Path STATUS = Path.of("/proc/self/status");

  private CaseProcess() {}

  public static void main(String... args) {
    Runtime.getRuntime().addShutdownHook(new Thread(CaseProcess::note));
    Main.main(args);
  }

  private static void note() {
    var system =
        Objects.requireNonNull(
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class), "HotSpot has it");
    try {
      Files.writeString(
          Path.of(System.getProperty(USED, "used")),
          system.getProcessCpuTime() / 1e9 + " " + megabytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long megabytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(STATUS);
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
        .findFirst()
        .orElse(0);
  }
}
