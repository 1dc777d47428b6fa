package io.github.eksidentity.core.facts;

import java.util.Set;

/// The environment variables of containers that are kept. Every other variable is dropped where it
/// is read.
///
/// Documented at <https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html>.
public final class AwsVariables {
  public static final String ROLE_ARN = "AWS_ROLE_ARN";
  public static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
  public static final String STS_REGIONAL_ENDPOINTS = "AWS_STS_REGIONAL_ENDPOINTS";
  public static final String CONTAINER_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  public static final String CONTAINER_TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  public static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
  public static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
  public static final String PROFILE = "AWS_PROFILE";
  public static final String DEFAULT_PROFILE = "AWS_DEFAULT_PROFILE";
  public static final String REGION = "AWS_REGION";
  public static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";
  public static final String SESSION_NAME = "AWS_ROLE_SESSION_NAME";
  public static final String CREDENTIALS_FILE = "AWS_SHARED_CREDENTIALS_FILE";
  public static final String CONFIG_FILE = "AWS_CONFIG_FILE";
  public static final String CONTAINER_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

  private static final Set<String> LITERAL =
      Set.of(
          ROLE_ARN,
          TOKEN_FILE,
          STS_REGIONAL_ENDPOINTS,
          CONTAINER_URI,
          CONTAINER_TOKEN_FILE,
          PROFILE,
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          DEFAULT_PROFILE,
          SESSION_NAME,
          REGION,
          DEFAULT_REGION,
          CREDENTIALS_FILE,
          CONFIG_FILE,
          "AWS_SDK_LOAD_CONFIG",
          "AWS_EC2_METADATA_DISABLED",
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_STS",
          "AWS_USE_FIPS_ENDPOINT",
          "AWS_USE_DUALSTACK_ENDPOINT",
          "NO_PROXY",
          "no_proxy");

  /// A proxy's URL may hold a password.
  private static final Set<String> WITHHELD =
      Set.of(
          ACCESS_KEY_ID,
          SECRET_ACCESS_KEY,
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          CONTAINER_TOKEN,
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "ALL_PROXY",
          "all_proxy");

  private AwsVariables() {}

  /// Whether a variable of this name is kept at all.
  public static boolean kept(String name) {
    return LITERAL.contains(name) || WITHHELD.contains(name);
  }

  /// What is kept of a variable with this text; an empty text is no secret.
  public static Container.Value literal(String name, String text) {
    return LITERAL.contains(name) || text.isEmpty()
        ? new Container.Value.Literal(text)
        : new Container.Value.Withheld();
  }
}
