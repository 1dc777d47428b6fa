package io.github.eksidentity.cli.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.management.OperatingSystemMXBean;
import io.github.eksidentity.cli.CaseProcess;
import io.github.eksidentity.cli.Command;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// One call of a case and what came of it. It is made in this process, or, where the check is about
/// the process (its variables, its processor time, its memory), in one of its own.
///
/// @param exit 137 where the call had to be stopped
/// @param seconds of the processor
/// @param megabytes the most memory; 0 where it was not measured
record CaseCall(int exit, String out, String err, double seconds, double megabytes) {
  private static final int DEFAULT_SECONDS = 15;
  private static final int STOPPED = 137;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_EC2_METADATA_DISABLED", "true",
          "AWS_CONFIG_FILE", "/dev/null",
          "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
          "NO_COLOR", "1",
          "LC_ALL", "C.UTF-8");

  static CaseCall of(JsonNode check, Path work) throws IOException, InterruptedException {
    boolean apart =
        List.of("env", "program", "seconds", "megabytes", "wall").stream().anyMatch(check::has);
    return apart ? ofItsOwn(check, work) : here(check, work);
  }

  /// Most seconds of the processor.
  static int limit(JsonNode check) {
    return check.path("seconds").asInt(DEFAULT_SECONDS);
  }

  private static CaseCall here(JsonNode check, Path work) {
    Command command = Command.in(work);
    ENVIRONMENT.forEach(command::with);
    var system =
        Objects.requireNonNull(
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class), "HotSpot has it");
    long before = system.getProcessCpuTime();
    Command.Result result;
    try {
      result = command.run(arguments(check).toArray(String[]::new));
    } catch (StackOverflowError e) {
      result = new Command.Result(1, "", "Exception in thread \"main\" " + e);
    }
    double seconds = (system.getProcessCpuTime() - before) / 1e9;
    return new CaseCall(result.exitCode(), result.out(), result.err(), seconds, 0);
  }

  private static CaseCall ofItsOwn(JsonNode check, Path work)
      throws IOException, InterruptedException {
    Path used = Files.createTempFile("case", ".used");
    File out = Files.createTempFile("case", ".out").toFile();
    File err = Files.createTempFile("case", ".err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(words(check, used))
            .directory(work.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(ENVIRONMENT);
    check
        .path("env")
        .properties()
        .forEach(one -> builder.environment().put(one.getKey(), one.getValue().asText()));
    if (check.has("path")) {
      String path = work.resolve(check.get("path").asText()) + File.pathSeparator;
      builder.environment().merge("PATH", path, (old, first) -> first + old);
    }
    Process process = builder.start();
    int wall = check.path("wall").asInt(20 + 8 * limit(check));
    boolean ended = process.waitFor(wall, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String[] measured = Files.readString(used).split(" ", -1);
    try {
      return new CaseCall(
          ended ? process.exitValue() : STOPPED,
          Files.readString(out.toPath(), StandardCharsets.UTF_8),
          Files.readString(err.toPath(), StandardCharsets.UTF_8),
          measured.length == 2 ? Double.parseDouble(measured[0]) : 0,
          measured.length == 2 ? Double.parseDouble(measured[1]) : 0);
    } finally {
      Files.delete(used);
      Files.delete(out.toPath());
      Files.delete(err.toPath());
    }
  }

  /// A program that runs away is stopped by the system, soon after the time that the check gives
  /// it.
  private static List<String> words(JsonNode check, Path used) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("sh", "-c", "ulimit -t " + (limit(check) + 2) + "; exec \"$@\"", "sh"));
    if (check.has("program")) {
      words.add(Path.of("../..", check.get("program").asText()).toAbsolutePath().toString());
    } else {
      words.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-D" + CaseProcess.USED + "=" + used,
              "-cp",
              System.getProperty("java.class.path"),
              CaseProcess.class.getName()));
    }
    words.addAll(arguments(check));
    return words;
  }

  private static List<String> arguments(JsonNode check) {
    List<String> arguments = new ArrayList<>();
    check.get("run").forEach(word -> arguments.add(word.asText()));
    return arguments;
  }

  /// Whether the system or this test put an end to it.
  boolean stopped() {
    return exit > 128;
  }

  /// The results as JSON; missing where they are none.
  JsonNode json() {
    try {
      JsonNode document = MAPPER.readTree(out);
      return document == null ? MissingNode.getInstance() : document;
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }
}
