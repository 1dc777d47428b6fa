package io.github.eksidentity.slack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.lambda.FunctionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.com/services/T0/B0/x",
        "https://hooks.slack-gov.com/services/T0/B0/x\n",
      })
  void slackIsAccepted(String text) {
    assertDoesNotThrow(() -> WebhookUrl.parse(text, "p"));
    assertDoesNotThrow(() -> WebhookUrl.parse(text, "p", true));
  }

  @Test
  void thisMachineIsAcceptedOnlyWhereAwsIsAnEmulatorToo() {
    String url = "http://127.0.0.1:8080/services/x";
    assertDoesNotThrow(() -> WebhookUrl.parse(url, "p", true));
    assertThrows(FunctionException.class, () -> WebhookUrl.parse(url, "p"));
    assertTrue(WebhookUrl.isEmulator("http://127.0.0.1:4566"));
    assertFalse(WebhookUrl.isEmulator("https://ssm.eu-west-1.amazonaws.com"));
    assertFalse(WebhookUrl.isEmulator("http://127.0.0.1.example"));
    assertFalse(WebhookUrl.isEmulator("a b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "https:",
        "https://",
        "https:///services/secret",
        "https:services/secret",
        "https://:443/services/secret",
        "https://hooks.slack.com",
        "https://hooks.slack.com/",
        "https://hooks.slack.com:/services/secret",
        "https://hooks.slack.com/services/x#secret",
        "https://@hooks.slack.com/services/secret",
        "//hooks.slack.com/services/secret",
        "http://localhost/secret",
        "http://[::1]/secret",
        "https://[::1]/secret",
        "http://127.1/secret",
        "http://127.0.0.1:8080/services/secret",
        "http://hooks.slack.com/services/T0/B0/secret",
        "https://hooks.slack.com.example/services/secret",
        "https://example/hooks.slack.com/secret",
        "https://hooks.slack.com@example/secret",
        "https://user@hooks.slack.com/services/secret",
        "https://hooks.slack.com:8443/services/secret",
        "https://127.0.0.1/secret",
        "http://127.0.0.1.example/secret",
        "http://169.254.169.254/latest/secret",
        "https://hooks.slack.com/ secret"
      })
  void everythingElseIsRefusedWithoutShowingIt(String text) {
    FunctionException refused =
        assertThrows(FunctionException.class, () -> WebhookUrl.parse(text, "p"));
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }
}
