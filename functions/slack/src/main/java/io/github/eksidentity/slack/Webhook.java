package io.github.eksidentity.slack;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Posts to an incoming webhook.
///
/// Documented at <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>.
final class Webhook {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;
  private static final int LONGEST_REASON = 100;

  private final HttpClient http;

  Webhook(HttpClient http) {
    this.http = http;
  }

  /// What Slack says to a message.
  sealed interface Answer {
    /// It is posted.
    record Accepted() implements Answer {}

    /// Too many messages.
    ///
    /// @param pause how long to post nothing
    record Later(Duration pause) implements Answer {}

    /// Slack does not want it, now or ever.
    ///
    /// @param reason in Slack's words, as `invalid_blocks`
    record Refused(int status, String reason) implements Answer {}

    /// No answer came.
    ///
    /// @param reason what went wrong; does not show the webhook
    record Unreachable(String reason) implements Answer {}
  }

  /// @param json the message
  Answer post(WebhookUrl webhook, String json) {
    HttpRequest request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(LIMIT)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      return answer(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return new Answer.Unreachable(e.getClass().getSimpleName());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("interrupted");
    }
  }

  private static Answer answer(HttpResponse<String> response) {
    if (response.statusCode() / 100 == 2) {
      return new Answer.Accepted();
    }
    if (response.statusCode() == TOO_MANY) {
      return new Answer.Later(
          response
              .headers()
              .firstValue("Retry-After")
              .filter(seconds -> seconds.matches("\\d{1,6}"))
              .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
              .orElse(Duration.ofSeconds(1)));
    }
    String reason = response.body().lines().findFirst().orElse("");
    return new Answer.Refused(
        response.statusCode(), reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
  }
}
