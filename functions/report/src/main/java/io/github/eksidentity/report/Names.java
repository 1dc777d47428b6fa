package io.github.eksidentity.report;

import io.github.eksidentity.core.facts.Arn;

/// What people call the resources that ARNs name.
final class Names {
  private Names() {}

  /// The role's name without its path.
  static String ofRole(String arn) {
    String resource = Arn.parse(arn).map(Arn::resource).orElse(arn);
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /// The issuer in a provider's ARN.
  static String ofProvider(String arn) {
    return Arn.parse(arn)
        .map(Arn::resource)
        .map(resource -> resource.substring(resource.indexOf('/') + 1))
        .orElse(arn);
  }

  /// Kind and name of any resource, as `role payments/ledger`.
  static String subject(String arnOrAccount) {
    return Arn.parse(arnOrAccount)
        .map(Arn::resource)
        .map(Names::subjectOf)
        .orElse("account " + arnOrAccount);
  }

  private static String subjectOf(String resource) {
    int slash = resource.indexOf('/');
    if (slash < 0) {
      return resource;
    }
    String name = resource.substring(slash + 1);
    return switch (resource.substring(0, slash)) {
      case "oidc-provider" -> "provider " + name;
      case "podidentityassociation" -> "association " + name.substring(name.indexOf('/') + 1);
      case String kind -> kind + " " + name;
    };
  }
}
