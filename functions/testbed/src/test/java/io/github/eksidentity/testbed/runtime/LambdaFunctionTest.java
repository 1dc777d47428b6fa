package io.github.eksidentity.testbed.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaFunctionTest {
  private static final String CLASS = Echo.class.getName().replace('.', '/') + ".class";

  @TempDir private Path folder = Path.of("");
  private Path zip = Path.of("");

  @BeforeEach
  void pack() throws IOException {
    zip = folder.resolve("echo.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream archive = new ZipOutputStream(file);
        InputStream content = Echo.class.getResourceAsStream("/" + CLASS)) {
      archive.putNextEntry(new ZipEntry(CLASS));
      content.transferTo(archive);
    }
  }

  private static FunctionSettings settings(String handler, Duration limit) {
    return new FunctionSettings(handler, Map.of("GREETING", "to you"), 256, limit);
  }

  private LambdaFunction start(Duration limit) {
    return LambdaFunction.start(zip, settings(Echo.class.getName() + "::handleRequest", limit));
  }

  @Test
  void eventsAreDeliveredAndOutcomesReported() {
    try (LambdaFunction function = start(Duration.ofMinutes(1))) {
      var returned =
          assertInstanceOf(Outcome.Returned.class, function.invoke("{\"say\": \"hello\"}"));
      assertEquals("\"hello to you\"", returned.payload());
      var failed =
          assertInstanceOf(
              Outcome.Failed.class, function.invoke("{\"do\": \"throw\", \"say\": \"näh\"}"));
      assertTrue(failed.payload().contains("IllegalStateException"), failed::payload);
      assertTrue(failed.payload().contains("asked to fail: n"), failed::payload);
      assertTrue(function.log().containsAll(java.util.List.of("got hello", "got näh")));
      assertTrue(function.init().isPositive());
      assertEquals(
          7,
          assertInstanceOf(Outcome.Exited.class, function.invoke("{\"do\": \"exit\"}")).status());
    }
  }

  @Test
  void anInvocationEndsWithItsTimeLimit() {
    try (LambdaFunction function = start(Duration.ofSeconds(2))) {
      assertInstanceOf(Outcome.TimedOut.class, function.invoke("{\"do\": \"hang\"}"));
    }
  }

  @Test
  void aHandlerThatDoesNotExistIsReported() {
    FunctionSettings settings = settings("no.such.Handler::handleRequest", Duration.ofSeconds(5));
    try (LambdaFunction function = LambdaFunction.start(zip, settings)) {
      var failed = assertInstanceOf(Outcome.Failed.class, function.invoke("{}"));
      assertTrue(failed.payload().contains("no.such.Handler"), failed::payload);
    }
  }

  @Test
  void aRuntimeThatCannotStartSaysWhy() {
    FunctionSettings settings =
        settings(Echo.class.getName() + "::handleRequest", Duration.ofSeconds(5))
            .with("AWS_LAMBDA_RUNTIME_API", "");
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> LambdaFunction.start(zip, settings));
    assertTrue(failure.toString().contains("did not start: the process ended"), failure::toString);
  }
}
