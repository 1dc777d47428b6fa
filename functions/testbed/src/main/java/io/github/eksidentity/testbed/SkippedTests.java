package io.github.eksidentity.testbed;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/// Says why a test was skipped, wherever tests run with this module on their class path: Maven only
/// counts them. JUnit finds it by its service file.
public final class SkippedTests implements TestExecutionListener {
  /// Made by JUnit.
  public SkippedTests() {}

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    say(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      say(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
    }
  }

  private static void say(TestIdentifier test, String reason) {
    String name =
        switch (test.getSource().orElse(null)) {
          case MethodSource method -> method.getClassName() + "." + method.getMethodName();
          case null, default -> test.getLegacyReportingName();
        };
    System.out.println("skipped: " + name + ": " + reason.replaceAll("\\s+", " "));
  }
}
