package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.remedy.Change;
import java.util.ArrayList;
import java.util.List;

/// A change in a cluster as commands of kubectl. The context is the one that `aws eks
/// update-kubeconfig` writes, which is named by the cluster's ARN, so that no command can reach
/// another cluster.
///
/// Documented at <https://kubernetes.io/docs/reference/kubectl/>.
final class Kubectl {
  private Kubectl() {}

  static String of(Change.InCluster change) {
    return switch (change) {
      case Change.AnnotateServiceAccount(_, _, String name, String key, String value) ->
          annotate(change, name, key, value);
      case Change.RemoveServiceAccountAnnotation(_, _, String name, String key) ->
          command(change, "annotate", "serviceaccount/" + name, key + "-");
      case Change.CreateServiceAccount create -> {
        List<String> lines = new ArrayList<>();
        lines.add(command(create, "create", "serviceaccount", create.serviceAccount()));
        create
            .annotations()
            .forEach(
                (key, value) -> lines.add(annotate(create, create.serviceAccount(), key, value)));
        yield String.join("\n", lines);
      }
      case Change.RestartWorkload(_, Pod.Workload workload) ->
          command(change, "rollout", "restart", workload.toString());
      case Change.SetServiceAccount(_, Pod.Workload workload, String serviceAccount) ->
          command(change, "set", "serviceaccount", workload.toString(), serviceAccount);
      case Change.SetVariable(_, var workload, String container, String name, String value) ->
          command(
              change,
              "set",
              "env",
              workload.toString(),
              "--containers=" + container,
              name + "=" + value);
      case Change.RemoveVariables(_, var workload, String container, List<String> names) -> {
        List<String> words =
            new ArrayList<>(
                List.of("set", "env", workload.toString(), "--containers=" + container));
        names.forEach(name -> words.add(name + "-"));
        yield command(change, words.toArray(String[]::new));
      }
      case Change.RemovePodAnnotation(_, Pod.Workload workload, String key) ->
          command(
              change,
              "patch",
              workload.toString(),
              "--type=merge",
              "--patch=" + withoutAnnotation(workload, key));
    };
  }

  private static String annotate(
      Change.InCluster change, String serviceAccount, String key, String value) {
    return command(
        change, "annotate", "serviceaccount/" + serviceAccount, "--overwrite", key + "=" + value);
  }

  private static String withoutAnnotation(Pod.Workload workload, String key) {
    String template =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{%s:null}}}}}"
            .formatted(JsonWriter.pretty(new Json.Str(Position.START, key)));
    return workload.kind().equals("CronJob")
        ? "{\"spec\":{\"jobTemplate\":" + template + "}}"
        : template;
  }

  private static String command(Change.InCluster change, String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "kubectl",
                "--context=" + change.clusterArn(),
                "--namespace=" + change.namespace()));
    all.addAll(List.of(words));
    return Shell.command(all.toArray(String[]::new));
  }
}
