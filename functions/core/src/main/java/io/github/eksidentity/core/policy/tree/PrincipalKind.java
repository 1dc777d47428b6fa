package io.github.eksidentity.core.policy.tree;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of principal that a trust policy can name.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
public enum PrincipalKind {
  AWS("AWS"),
  FEDERATED("Federated"),
  SERVICE("Service"),
  CANONICAL_USER("CanonicalUser");

  private final String element;

  PrincipalKind(String element) {
    this.element = element;
  }

  /// The name of the kind as a policy writes it.
  public String element() {
    return element;
  }

  /// The kind of this element name; names are case-sensitive.
  public static Optional<PrincipalKind> of(String element) {
    return Arrays.stream(values()).filter(kind -> kind.element.equals(element)).findFirst();
  }
}
