package io.github.eksidentity.slack;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.lambda.FunctionException;
import io.github.eksidentity.lambda.JsonLog;
import io.github.eksidentity.report.page.Plain;
import io.github.eksidentity.slack.Webhook.Answer;
import java.time.Duration;
import javax.inject.Inject;

/// Posts every message of an event. What Slack does not take is thrown, so that Lambda tries again
/// and keeps it in the dead-letter queue in the end.
final class SlackFunction {
  private static final int ATTEMPTS = 3;

  /// What an attempt may need itself.
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final WebhookSecret secret;
  private final Webhook webhook;
  private final JsonLog log;

  @Inject
  SlackFunction(WebhookSecret secret, Webhook webhook, JsonLog log) {
    this.secret = secret;
    this.webhook = webhook;
    this.log = log;
  }

  /// @throws FunctionException where a message was not posted
  void handle(Json event, InvocationTime invocation) {
    for (Notification notification : Notification.of(event)) {
      JsonLog about = log.with("messageId", notification.id());
      try {
        post(SlackMessage.json(notification), invocation);
        about.info("posted to Slack");
      } catch (FunctionException e) {
        about.error(e.getMessage());
        throw e;
      }
    }
  }

  private void post(String message, InvocationTime invocation) {
    WebhookUrl url = secret.url();
    Answer answer = webhook.post(url, message);
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      if (!(answer instanceof Answer.Later(Duration wait))
          || wait.plus(MARGIN).compareTo(invocation.left()) > 0) {
        break;
      }
      pause(wait, invocation);
      answer = webhook.post(url, message);
    }
    settle(answer);
  }

  private void settle(Answer answer) {
    switch (answer) {
      case Answer.Accepted() -> {}
      case Answer.Later(Duration wait) ->
          throw new FunctionException(
              "Slack takes no more messages for " + wait.toSeconds() + " s.");
      case Answer.Unreachable(String reason) ->
          throw new FunctionException("Slack did not answer (" + reason + ").");
      case Answer.Refused(int status, String reason) -> {
        secret.forget();
        throw new FunctionException(
            "Slack refused the message with HTTP "
                + status
                + " ("
                + Plain.of(reason)
                + "); where the webhook was removed, store a new one.");
      }
    }
  }

  private static void pause(Duration wait, InvocationTime invocation) {
    try {
      invocation.pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FunctionException("Interrupted while Slack asked to wait.", e);
    }
  }
}
