package io.github.eksidentity.slack;

import io.github.eksidentity.lambda.FunctionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where to post. The URL is the secret itself: whoever knows it may post, so it is never shown.
///
/// @param url of one of Slack's hosts by HTTPS, or of this machine, where an emulator stands for
/// Slack
record WebhookUrl(URI url) {
  private static final Set<String> HOSTS = Set.of("hooks.slack.com", "hooks.slack-gov.com");
  private static final String LOOPBACK = "127.0.0.1";

  /// @param from what holds the text, for the message
  /// @throws FunctionException where it is no webhook of Slack; does not show the text
  static WebhookUrl parse(String text, String from) {
    return parse(text, from, false);
  }

  /// @param emulated whether AWS itself is an emulator on this machine, so that Slack may be one
  /// too
  static WebhookUrl parse(String text, String from, boolean emulated) {
    try {
      URI url = new URI(text.strip());
      if (isSlack(url) || (emulated && isLoopback(url))) {
        return new WebhookUrl(url);
      }
    } catch (URISyntaxException _) {
      // its message shows the text
    }
    throw new FunctionException(
        "What is stored in "
            + from
            + " is not the URL of an incoming webhook: it must begin with"
            + " https://hooks.slack.com/ and have no port, user or fragment.");
  }

  private static boolean isSlack(URI url) {
    return "https".equals(url.getScheme())
        && url.getHost() != null
        && HOSTS.contains(url.getHost())
        && url.getPort() == -1
        && url.getUserInfo() == null
        && url.getRawAuthority().equals(url.getHost())
        && url.getFragment() == null
        && url.getPath().length() > 1;
  }

  private static boolean isLoopback(URI url) {
    return "http".equals(url.getScheme()) && LOOPBACK.equals(url.getHost());
  }

  /// Whether an endpoint of AWS is on this machine, which no deployed function has.
  static boolean isEmulator(String endpoint) {
    try {
      return isLoopback(new URI(endpoint.strip()));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "the webhook";
  }
}
