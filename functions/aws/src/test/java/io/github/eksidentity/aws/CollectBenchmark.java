package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.testbed.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Reads an account of 5,000 roles, 100 clusters, 2,000 associations and 300 add-ons at 20 ms a
/// call, from the start of a process to its exit, in a heap of 256 MiB. The test bed is a process
/// of its own on the same machine.
///
/// Runs only when it is named: `-Dtest=CollectBenchmark`. With `-Dbenchmark.command="…"` it
/// measures that command, to which it adds `--endpoint-url URL`, in place of the collectors alone.
class CollectBenchmark {
  private static final int RUNS = 5;
  private static final Pattern COUNT = Pattern.compile("=(\\d+)");
  private static final Pattern PEAK = Pattern.compile("peakHeapMiB=(\\d+)");
  private static final Map<String, String> SETTINGS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "AKIATESTBED",
          "AWS_SECRET_ACCESS_KEY", "secret",
          "AWS_REGION", "us-east-1",
          "AWS_CONFIG_FILE", "/nonexistent/config",
          "AWS_SHARED_CREDENTIALS_FILE", "/nonexistent/credentials",
          "JAVA_TOOL_OPTIONS", "-Xmx256m");

  /// @param peakHeapMiB -1 where the measured command does not tell
  private record Run(long wallMillis, int peakHeapMiB) {}

  @Test
  void largeAccount() throws IOException, InterruptedException {
    Process bed = java("-Xmx1g", Main.class, "--latency-ms", "20", "--large").start();
    try (BufferedReader said = bed.inputReader();
        OutputStream ask = bed.getOutputStream()) {
      String endpoint = said.readLine().replace("listening on ", "");
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(measure(endpoint));
      }
      ask.write('\n');
      ask.flush();
      long calls =
          COUNT.matcher(said.readLine()).results().mapToLong(CollectBenchmark::count).sum();
      write(runs, calls / RUNS);
    } finally {
      bed.destroy();
    }
  }

  private static long count(MatchResult match) {
    return Long.parseLong(match.group(1));
  }

  private static Run measure(String endpoint) throws IOException, InterruptedException {
    String command = System.getProperty("benchmark.command", "");
    ProcessBuilder builder =
        command.isEmpty()
            ? java("-XX:+UseSerialGC", CollectOnce.class, endpoint)
            : new ProcessBuilder(words(command, endpoint));
    builder.environment().putAll(SETTINGS);
    Path output = Files.createTempFile("benchmark", ".txt");
    long start = System.nanoTime();
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int exit = process.waitFor();
    long wall = Duration.ofNanos(System.nanoTime() - start).toMillis();
    String text = Files.readString(output);
    Files.delete(output);
    assertTrue(exit == 0 || exit == 3, () -> "exit code " + exit + ": " + text);
    Matcher peak = PEAK.matcher(text);
    return new Run(wall, peak.find() ? Integer.parseInt(peak.group(1)) : -1);
  }

  private static List<String> words(String command, String endpoint) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    words.addAll(List.of("--endpoint-url", endpoint));
    return words;
  }

  private static ProcessBuilder java(String option, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of(option, "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path", ""));
    command.add(main.getName());
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static void write(List<Run> runs, long calls) {
    List<Long> walls = runs.stream().map(Run::wallMillis).sorted().toList();
    int peak = runs.stream().mapToInt(Run::peakHeapMiB).max().orElse(-1);
    String json =
        String.format(
            Locale.ROOT,
            """
            {
              "roles": 5000, "clusters": 100, "regions": 10, "associations": 2000,
              "addons": 300, "providers": 100, "latencyMillis": 20,
              "wallMillis": %s,
              "medianWallMillis": %d,
              "calls": %d,
              "floor": 2715,
              "peakHeapMiB": %d
            }
            """,
            walls,
            walls.get(walls.size() / 2),
            calls,
            peak);
    try {
      Files.writeString(Path.of("target", "benchmark-collect.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(json);
  }
}
