package io.github.eksidentity.slack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.Event;
import io.github.eksidentity.lambda.JsonLog;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;

/// Where Lambda enters: one instance for each execution environment.
public final class SlackHandler implements RequestStreamHandler {
  private final SlackFunction function;

  public SlackHandler() {
    this(new Environment(System.getenv()), JsonLog.to(System.out, InstantSource.system()));
  }

  SlackHandler(Environment environment, JsonLog log) {
    function = DaggerSlackComponent.factory().create(environment, log).function();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    function.handle(Event.read(input), new Running(context));
  }

  private record Running(Context context) implements InvocationTime {
    @Override
    public Duration left() {
      return Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      Thread.sleep(time);
    }
  }
}
