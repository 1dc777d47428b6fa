package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which principals IAM takes, by their form alone. It checks no provider's and no service's
/// existence here: only forms that the documentation excludes are faults.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
final class PrincipalForm {
  private static final String EVERYONE = "*";
  private static final int LONGEST_HOST_NAME = 253;
  private static final String ACCOUNT = "[0-9]{12}";
  private static final String PARTITION = "arn:aws[a-z-]*:";
  private static final Pattern PROVIDER =
      Pattern.compile(PARTITION + "iam::" + ACCOUNT + ":(oidc|saml)-provider/.+", Pattern.DOTALL);
  private static final Pattern ACCOUNT_ID = Pattern.compile(ACCOUNT);
  private static final Pattern UNIQUE_ID = Pattern.compile("A[A-Z0-9]{15,127}");
  private static final Pattern IAM_ARN =
      Pattern.compile(PARTITION + "iam::" + ACCOUNT + ":(root|(user|role)/.+)", Pattern.DOTALL);
  private static final Pattern SESSION_ARN =
      Pattern.compile(
          PARTITION + "sts::" + ACCOUNT + ":(assumed-role/[^/]+/[^/]+|federated-user/.+)",
          Pattern.DOTALL);
  private static final Pattern GROUP =
      Pattern.compile(PARTITION + "iam::[0-9]*:group/.*", Pattern.DOTALL);
  private static final Pattern SERVICE_NAME =
      Pattern.compile(
          "[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(amazonaws\\.com(\\.cn)?|amazonaws\\.eu|aws\\.internal)");
  private static final Pattern ISOLATED_SERVICE_NAME =
      Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(gov|uk|scloud)");

  /// Providers that AWS knows by their host name.
  private static final Set<String> BUILT_IN_PROVIDERS =
      Set.of(
          "accounts.google.com",
          "cognito-identity.amazonaws.com",
          "graph.facebook.com",
          "www.amazon.com");

  private PrincipalForm() {}

  /// What is wrong with the form of a principal, in one sentence; empty where nothing is.
  static Optional<String> fault(Principal principal) {
    String value = principal.value();
    if (value.equals(EVERYONE)) {
      return Optional.empty();
    }
    if (Glob.hasWildcard(value)) {
      return Optional.of(
          Problems.quote(value) + ": a wildcard cannot match a part of a principal's name");
    }
    return switch (principal.kind()) {
      case FEDERATED -> federated(value);
      case SERVICE -> service(value);
      case AWS -> aws(value);
      case CANONICAL_USER -> Optional.empty();
    };
  }

  private static Optional<String> federated(String value) {
    if (PROVIDER.matcher(value).matches() || BUILT_IN_PROVIDERS.contains(value)) {
      return Optional.empty();
    }
    return Optional.of(
        Problems.quote(value)
            + " is not the ARN of an identity provider, as in"
            + " arn:aws:iam::111122223333:oidc-provider/HOST/PATH");
  }

  private static Optional<String> service(String value) {
    if (value.length() <= LONGEST_HOST_NAME && isServiceName(value)) {
      return Optional.empty();
    }
    return Optional.of(
        Problems.quote(value) + " is not the name of a service, as in pods.eks.amazonaws.com");
  }

  private static boolean isServiceName(String value) {
    return SERVICE_NAME.matcher(value).matches() || ISOLATED_SERVICE_NAME.matcher(value).matches();
  }

  private static Optional<String> aws(String value) {
    if (GROUP.matcher(value).matches()) {
      return Optional.of(Problems.quote(value) + " is a group; groups cannot be principals");
    }
    if (IAM_ARN.matcher(value).matches()
        || SESSION_ARN.matcher(value).matches()
        || ACCOUNT_ID.matcher(value).matches()
        || UNIQUE_ID.matcher(value).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Problems.quote(value)
            + " is neither an account id nor the ARN of an account, user, role or session");
  }
}
