package io.github.eksidentity.slack;

import io.github.eksidentity.lambda.FunctionException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;

/// The webhook's URL, kept in Parameter Store, or in Secrets Manager and read through Parameter
/// Store by its name `/aws/reference/secretsmanager/…`.
///
/// Documented at
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html>.
final class WebhookSecret {
  private final SsmClient ssm;
  private final String parameter;
  private final boolean emulated;
  private Optional<WebhookUrl> known = Optional.empty();

  /// @param emulated whether the parameter is kept by an emulator on this machine
  WebhookSecret(SsmClient ssm, String parameter, boolean emulated) {
    this.ssm = ssm;
    this.parameter = parameter;
    this.emulated = emulated;
  }

  /// Reads it, once.
  ///
  /// @throws FunctionException where it cannot be read, or is no webhook
  WebhookUrl url() {
    WebhookUrl url = known.orElseGet(this::read);
    known = Optional.of(url);
    return url;
  }

  /// Makes the next call read again, since it may have been renewed.
  void forget() {
    known = Optional.empty();
  }

  private WebhookUrl read() {
    try {
      String text =
          ssm.getParameter(request -> request.name(parameter).withDecryption(true))
              .parameter()
              .value();
      return WebhookUrl.parse(text, parameter, emulated);
    } catch (SdkException e) {
      throw new FunctionException(
          "The webhook cannot be read from " + parameter + ": " + e.getMessage(), e);
    }
  }
}
