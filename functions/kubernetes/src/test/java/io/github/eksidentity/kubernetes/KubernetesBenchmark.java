package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.testbed.KubernetesBed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Reads and audits 20 clusters with 10,000 service accounts and 10,000 pods at 20 ms a request, in
/// a process of its own with a heap of 512 MiB.
///
/// Runs only when it is named: `-Dtest=KubernetesBenchmark`.
class KubernetesBenchmark {
  private static final int CLUSTERS = 20;
  private static final int OBJECTS = 500;
  private static final int RUNS = 5;
  private static final Pattern RESULT =
      Pattern.compile("readMillis=(\\d+) auditMillis=(\\d+) peakHeapMiB=(\\d+)");

  private record Run(long wall, long read, long audit, long peak) {}

  @Test
  void tenThousandPods() throws IOException, InterruptedException {
    Inventory there = Clusters.account(CLUSTERS, OBJECTS);
    Path authority = Files.createTempFile("authority", ".pem");
    try (KubernetesBed bed =
        KubernetesBed.serve(
            there,
            KubernetesBed.Behaviour.PROMPT.withLatency(Duration.ofMillis(20)).withPodFields(100))) {
      Files.write(authority, bed.authority());
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(run(bed.endpoint("").toString(), authority));
      }
      write(runs, bed.requests().size() / RUNS, bed.podBytes("c0"));
    } finally {
      Files.delete(authority);
    }
  }

  private static Run run(String endpoint, Path authority) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", ""),
                ReadOnce.class.getName(),
                endpoint,
                authority.toString(),
                Integer.toString(CLUSTERS))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    long wall = Duration.ofNanos(System.nanoTime() - start).toMillis();
    Matcher result = RESULT.matcher(said);
    assertEquals(true, result.find(), said);
    return new Run(
        wall,
        Long.parseLong(result.group(1)),
        Long.parseLong(result.group(2)),
        Long.parseLong(result.group(3)));
  }

  private static void write(List<Run> runs, int requests, int podBytes) throws IOException {
    List<Long> walls = runs.stream().map(Run::wall).sorted().toList();
    String json =
        String.format(
            Locale.ROOT,
            """
            {
              "clusters": %d, "serviceAccounts": %d, "pods": %d, "podBytes": %d,
              "latencyMillis": 20, "heapLimitMiB": 512,
              "wallMillis": %s,
              "medianWallMillis": %d,
              "readMillis": %s,
              "auditMillis": %s,
              "requests": %d,
              "peakHeapMiB": %d
            }
            """,
            CLUSTERS,
            CLUSTERS * OBJECTS,
            CLUSTERS * OBJECTS,
            podBytes,
            walls,
            walls.get(walls.size() / 2),
            runs.stream().map(Run::read).sorted().toList(),
            runs.stream().map(Run::audit).sorted().toList(),
            requests,
            runs.stream().mapToLong(Run::peak).max().orElse(-1));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "benchmark-kubernetes.json"), json);
    System.out.println(json);
  }
}
