package io.github.eksidentity.securityhub;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.JsonLog;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;

/// Where Lambda enters: one instance for each execution environment.
public final class SecurityHubHandler implements RequestStreamHandler {
  private final SecurityHubFunction function;

  public SecurityHubHandler() {
    function =
        DaggerSecurityHubComponent.factory()
            .create(
                new Environment(System.getenv()), JsonLog.to(System.out, InstantSource.system()))
            .function();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    function.handle(Event.read(input), Own.of(context.getInvokedFunctionArn()));
  }
}
