package io.github.eksidentity.alert;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.JsonLog;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/// Where Lambda enters: one instance for each execution environment.
public final class AlertHandler implements RequestStreamHandler {
  private final AlertFunction function;

  public AlertHandler() {
    InstantSource clock = InstantSource.system();
    function =
        DaggerAlertComponent.factory()
            .create(new Environment(System.getenv()), clock, JsonLog.to(System.out, clock))
            .function();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    function.handle(CompletedRun.of(Event.read(input)));
  }
}
