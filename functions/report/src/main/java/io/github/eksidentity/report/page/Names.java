package io.github.eksidentity.report.page;

import io.github.eksidentity.core.facts.Arn;

/// What people call the resources that ARNs name.
public final class Names {
  private Names() {}

  /// The role's name without its path.
  public static String ofRole(String arn) {
    String resource = Arn.parse(arn).map(Arn::resource).orElse(arn);
    return resource.substring(resource.lastIndexOf('/') + 1);
  }

  /// The issuer in a provider's ARN.
  public static String ofProvider(String arn) {
    return Arn.parse(arn)
        .map(Arn::resource)
        .map(resource -> resource.substring(resource.indexOf('/') + 1))
        .orElse(arn);
  }

  /// Kind and name of any resource, as `role payments/ledger`, by its ARN, its key, the id of a
  /// mute, or namespace and name of a service account.
  public static String subject(String resource) {
    return Arn.parse(resource)
        .map(Arn::resource)
        .map(Names::subjectOf)
        .orElseGet(() -> kind(resource) + resource);
  }

  private static String kind(String resource) {
    if (resource.startsWith("m-")) {
      return "mute ";
    }
    return resource.contains("/") ? "service account " : "account ";
  }

  private static String subjectOf(String resource) {
    int slash = resource.indexOf('/');
    if (slash < 0) {
      return resource;
    }
    String name = resource.substring(slash + 1);
    return switch (resource.substring(0, slash)) {
      case "oidc-provider" -> "provider " + name;
      case "cluster" -> inCluster(name);
      case "podidentityassociation" -> "association " + name.substring(name.indexOf('/') + 1);
      case String kind -> kind + " " + name;
    };
  }

  private static String inCluster(String name) {
    String[] parts = name.split("/serviceaccount/", 2);
    return parts.length == 2
        ? "service account " + parts[1] + " of cluster " + parts[0]
        : "cluster " + name;
  }
}
