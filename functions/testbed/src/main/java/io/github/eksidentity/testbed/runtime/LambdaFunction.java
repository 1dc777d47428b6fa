package io.github.eksidentity.testbed.runtime;

import io.github.eksidentity.testbed.runtime.RuntimeApi.Event;
import io.github.eksidentity.testbed.runtime.RuntimeApi.Report;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// One execution environment of a packaged function: the unpacked zip in a JVM of its own, driven
/// by the runtime interface client that Lambda's Java runtimes use.
public final class LambdaFunction implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final List<String> CLIENT_JARS = List.of("aws-lambda-java-", "utils-lite-");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final FunctionSettings settings;
  private final RuntimeApi api;
  private final TaskRoot root;
  private final Process process;
  private final Path output;
  private final Duration init;
  private OptionalLong peakKiB = OptionalLong.empty();

  private LambdaFunction(
      FunctionSettings settings,
      RuntimeApi api,
      TaskRoot root,
      Process process,
      Path output,
      Duration init) {
    this.settings = settings;
    this.api = api;
    this.root = root;
    this.process = process;
    this.output = output;
    this.init = init;
  }

  /// Unpacks and starts a function, and waits until it asks for its first event. Of a handler that
  /// cannot be made the runtime client tells when the first event comes, as on Lambda.
  ///
  /// @param zip as it would be uploaded
  /// @throws IllegalStateException where the function cannot be started; the message holds what the
  /// runtime client reported and what the process printed
  public static LambdaFunction start(Path zip, FunctionSettings settings) {
    try {
      TaskRoot root = TaskRoot.unpack(zip);
      String name = zip.getFileName().toString().replace(".zip", "");
      RuntimeApi api = RuntimeApi.serve("arn:aws:lambda:eu-west-1:111122223333:function:" + name);
      Path output = Files.createTempFile("lambda-", ".log");
      long begin = System.nanoTime();
      Process process = process(root, api, name, settings, output);
      Report started = started(api, process);
      Duration init = Duration.ofNanos(System.nanoTime() - begin);
      LambdaFunction function = new LambdaFunction(settings, api, root, process, output, init);
      if (!started.good()) {
        String printed = String.join("\n", function.log());
        function.close();
        throw new IllegalStateException(
            settings.handler() + " did not start: " + started.payload() + "\n" + printed);
      }
      return function;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Delivers an event and waits for what comes of it.
  public Outcome invoke(String event) {
    CompletableFuture<Report> answered = new CompletableFuture<>();
    var _ = process.onExit().thenAccept(_ -> answered.cancel(true));
    long begin = System.nanoTime();
    api.deliver(
        new Event(
            UUID.randomUUID().toString(),
            event,
            Instant.now().plus(settings.timeLimit()),
            answered));
    try {
      Report report = answered.get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
      Duration took = since(begin);
      peakKiB = ProcessMemory.peakKiB(process.pid());
      return report.good()
          ? new Outcome.Returned(report.payload(), took)
          : new Outcome.Failed(report.payload(), took);
    } catch (TimeoutException _) {
      process.destroyForcibly();
      return new Outcome.TimedOut(since(begin));
    } catch (java.util.concurrent.CancellationException _) {
      return new Outcome.Exited(process.exitValue(), since(begin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the function ran", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// From the start of the process to its asking for the first event.
  public Duration init() {
    return init;
  }

  /// The processor time that the process has used so far; zero where the system does not tell.
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// The most memory that the process has held up to its last answer, in KiB; empty where the
  /// system does not tell.
  public OptionalLong peakKiB() {
    return peakKiB;
  }

  /// What the function printed so far, a line each. What a handler printed is there when its
  /// outcome is.
  public List<String> log() {
    try {
      return Files.readAllLines(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
    try {
      process.waitFor();
      root.close();
      Files.deleteIfExists(output);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static Report started(RuntimeApi api, Process process) {
    var _ =
        process
            .onExit()
            .thenAccept(
                ended ->
                    api.started()
                        .complete(
                            new Report(false, "the process ended with " + ended.exitValue())));
    try {
      return api.started().get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the function started", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException _) {
      process.destroyForcibly();
      return new Report(false, "not within " + START_LIMIT);
    }
  }

  /// Lambda's Java runtimes compile with C1 only and collect serially.
  private static Process process(
      TaskRoot root, RuntimeApi api, String name, FunctionSettings settings, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx" + settings.memoryMiB() * 85 / 100 + "m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            clientJars(),
            CLIENT,
            settings.handler());
    var environment = builder.environment();
    environment.clear();
    environment.put("LANG", "C.UTF-8");
    environment.put("TZ", ":UTC");
    environment.put("AWS_REGION", "eu-west-1");
    environment.put("AWS_DEFAULT_REGION", "eu-west-1");
    environment.put("AWS_ACCESS_KEY_ID", "AKIATESTBED");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_SESSION_TOKEN", "token");
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", name);
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMiB()));
    environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
    environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "stream");
    environment.put("LAMBDA_TASK_ROOT", root.folder().toString());
    environment.put("_HANDLER", settings.handler());
    environment.putAll(settings.environment());
    return builder
        .directory(root.folder().toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /// The runtime client and what it needs, of this process's class path. The function's own classes
  /// the client finds in its working directory.
  private static String clientJars() {
    String path = System.getProperty("java.class.path", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(entry -> isOfClient(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOfClient(String jar) {
    return CLIENT_JARS.stream().anyMatch(jar::startsWith);
  }
}
