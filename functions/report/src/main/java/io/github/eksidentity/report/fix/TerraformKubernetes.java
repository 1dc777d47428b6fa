package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.remedy.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A change in a cluster as configuration of Terraform's Kubernetes provider, or as comments that
/// say what to edit in the resource that makes the object.
///
/// Documented at <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs>.
final class TerraformKubernetes {
  private TerraformKubernetes() {}

  static String of(Change.InCluster change) {
    return provider(change)
        + switch (change) {
          case Change.AnnotateServiceAccount(
                  _,
                  String namespace,
                  String name,
                  String key,
                  String value) ->
              """
              resource "kubernetes_annotations" %s {
                api_version = "v1"
                kind        = "ServiceAccount"
                force       = true
              %s
                annotations = {
                  %s = %s
                }
              }\
              """
                  .formatted(
                      Hcl.string(Hcl.label(namespace + "_" + name)),
                      metadata(namespace, name, Map.of()),
                      Hcl.string(key),
                      Hcl.string(value));
          case Change.CreateServiceAccount(_, String namespace, String name, var annotations) ->
              """
              resource "kubernetes_service_account_v1" %s {
              %s
              }\
              """
                  .formatted(
                      Hcl.string(Hcl.label(namespace + "_" + name)),
                      metadata(namespace, name, annotations));
          case Change.RemoveServiceAccountAnnotation(_, var namespace, var name, String key) ->
              edit(
                  "service account", namespace, name, "remove annotation " + Hcl.string(key) + ".");
          case Change.RestartWorkload(_, Pod.Workload workload) ->
              edit(
                  workload,
                  "change an annotation of the pod template, so that new pods take over.");
          case Change.SetServiceAccount(_, var workload, String serviceAccount) ->
              edit(workload, "set service_account_name = " + Hcl.string(serviceAccount) + ".");
          case Change.SetVariable(_, var workload, String container, String name, String value) ->
              edit(
                  workload,
                  "in container %s set variable %s to\n# %s."
                      .formatted(Hcl.string(container), Hcl.string(name), Hcl.string(value)));
          case Change.RemoveVariables(_, var workload, String container, List<String> names) ->
              edit(
                  workload,
                  "in container %s remove the variables\n# %s."
                      .formatted(
                          Hcl.string(container),
                          names.stream().map(Hcl::string).collect(Collectors.joining(", "))));
          case Change.RemovePodAnnotation(_, var workload, String key) ->
              edit(workload, "remove annotation " + Hcl.string(key) + " of the pod template.");
        };
  }

  private static String provider(Change.InCluster change) {
    return "# With a Kubernetes provider of cluster\n# " + Hcl.string(change.clusterArn()) + ":\n";
  }

  private static String metadata(String namespace, String name, Map<String, String> annotations) {
    String written =
        annotations.entrySet().stream()
            .map(
                entry ->
                    "      " + Hcl.string(entry.getKey()) + " = " + Hcl.string(entry.getValue()))
            .collect(Collectors.joining("\n"));
    return """
      metadata {
        name      = %s
        namespace = %s
    %s  }\
    """
        .formatted(
            Hcl.string(name),
            Hcl.string(namespace),
            written.isEmpty() ? "" : "    annotations = {\n" + written + "\n    }\n");
  }

  private static String edit(Pod.Workload workload, String what) {
    return edit(workload.kind(), workload.namespace(), workload.name(), what);
  }

  private static String edit(String kind, String namespace, String name, String what) {
    return "# In the resource of %s %s in namespace %s\n# %s"
        .formatted(kind, Hcl.string(name), Hcl.string(namespace), what);
  }
}
