package io.github.eksidentity.testbed;

/// Something that Kubernetes' RBAC may allow.
///
/// @param apiGroup empty for the core's
/// @param subresource empty for the resource itself
/// @param namespace empty for all of them
/// @param name empty for all objects
public record KubeRight(
    String verb,
    String apiGroup,
    String resource,
    String subresource,
    String namespace,
    String name) {
  /// To do something with all objects of a resource, everywhere.
  public static KubeRight everywhere(String verb, String apiGroup, String resource) {
    return new KubeRight(verb, apiGroup, resource, "", "", "");
  }

  /// To make a token for a service account.
  public static KubeRight token(String namespace, String serviceAccount) {
    return new KubeRight("create", "", "serviceaccounts", "token", namespace, serviceAccount);
  }

  /// The same on a subresource.
  public KubeRight on(String part) {
    return new KubeRight(verb, apiGroup, resource, part, namespace, name);
  }

  String json() {
    return """
    {"verb": "%s", "group": "%s", "resource": "%s", "subresource": "%s",
     "namespace": "%s", "name": "%s"}
    """
        .formatted(verb, apiGroup, resource, subresource, namespace, name);
  }
}
