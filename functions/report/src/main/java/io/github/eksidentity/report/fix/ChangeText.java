package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.page.Plain;
import java.util.List;
import java.util.Optional;

/// A change in the forms in which people make it.
///
/// @param kind stable name of the kind of change, as `replace-trust-policy`
/// @param target ARN or name of what is changed
/// @param summary what it does, in a few words
/// @param diff unified diff of the document that it replaces or writes, empty where it is none
/// @param document the whole document that it writes
/// @param awsCli commands of the AWS CLI or of kubectl for a POSIX shell
/// @param terraform configuration for Terraform's AWS or Kubernetes provider, or comments that say
/// what to edit
public record ChangeText(
    String kind,
    String target,
    String summary,
    Optional<String> diff,
    Optional<Json> document,
    String awsCli,
    String terraform) {

  /// The forms of a change.
  public static ChangeText of(Change change) {
    return switch (change) {
      case Change.ReplaceTrustPolicy(String role, String before, String after) -> {
        String name = "trust policy of role " + Names.ofRole(role);
        yield new ChangeText(
            "replace-trust-policy",
            role,
            "replace the " + name,
            Optional.of(
                TidyDocument.diff(
                    Plain.of(name + ", now"), before, Plain.of(name + ", proposed"), after)),
            TidyDocument.tree(after),
            AwsCli.of(change),
            Terraform.of(change));
      }
      case Change.PutInlinePolicy(String role, String policy, String document) ->
          new ChangeText(
              "put-inline-policy",
              role,
              "write inline policy " + policy + " of role " + Names.ofRole(role),
              Optional.of(
                  TidyDocument.diff(
                      "/dev/null", "", Plain.of("inline policy " + policy), document)),
              TidyDocument.tree(document),
              AwsCli.of(change),
              Terraform.of(change));
      case Change.CreateProvider(String issuer, _) ->
          plain(change, "create-provider", issuer, "create an OIDC provider for " + issuer);
      case Change.DeleteProvider(String arn) ->
          plain(change, "delete-provider", arn, "delete " + Names.subject(arn));
      case Change.AddClientId(String arn, String clientId) ->
          plain(change, "add-client-id", arn, "add audience " + clientId + " to the provider");
      case Change.RemoveClientId(String arn, String clientId) ->
          plain(change, "remove-client-id", arn, "take audience " + clientId + " off the provider");
      case Change.DeleteRole(String role) ->
          plain(change, "delete-role", role, "delete role " + Names.ofRole(role));
      case Change.AttachPolicy(String role, String policy) ->
          plain(change, "attach-policy", role, "attach " + policy + " to " + Names.ofRole(role));
      case Change.DetachPolicy(String role, String policy) ->
          plain(change, "detach-policy", role, "detach " + policy + " from " + Names.ofRole(role));
      case Change.LeaveInstanceProfile(String role, String profile) ->
          plain(
              change,
              "leave-instance-profile",
              role,
              "take role " + Names.ofRole(role) + " out of instance profile " + profile);
      case Change.CreateAddon(_, String cluster, String addon) ->
          plain(change, "create-addon", cluster, "install add-on " + addon + " in " + cluster);
      case Change.UpdateAddon(_, String cluster, String addon) ->
          plain(change, "update-addon", cluster, "update add-on " + addon + " of " + cluster);
      case Change.UpdateAssociationRole(_, _, String association, String role) ->
          plain(
              change,
              "update-association-role",
              association,
              "point association " + association + " at role " + Names.ofRole(role));
      case Change.DeleteAssociation(_, _, String association) ->
          plain(change, "delete-association", association, "delete association " + association);
      case Change.InCluster inCluster -> inCluster(inCluster);
    };
  }

  private static ChangeText inCluster(Change.InCluster change) {
    return switch (change) {
      case Change.AnnotateServiceAccount(_, String namespace, String name, String key, _) ->
          plain(
              change,
              "annotate-service-account",
              namespace + "/" + name,
              "annotate service account " + namespace + "/" + name + " with " + key);
      case Change.RemoveServiceAccountAnnotation(_, String namespace, String name, String key) ->
          plain(
              change,
              "remove-service-account-annotation",
              namespace + "/" + name,
              "take " + key + " off service account " + namespace + "/" + name);
      case Change.CreateServiceAccount(_, String namespace, String name, _) ->
          plain(
              change,
              "create-service-account",
              namespace + "/" + name,
              "create service account " + namespace + "/" + name);
      case Change.RestartWorkload(_, var workload) ->
          plain(change, "restart-workload", path(workload), "restart " + words(workload));
      case Change.SetServiceAccount(_, var workload, String serviceAccount) ->
          plain(
              change,
              "set-service-account",
              path(workload),
              "run " + words(workload) + " with service account " + serviceAccount);
      case Change.SetVariable(_, var workload, String container, String name, _) ->
          plain(
              change,
              "set-variable",
              path(workload),
              "set " + name + " in container " + container + " of " + words(workload));
      case Change.RemoveVariables(_, var workload, String container, List<String> names) ->
          plain(
              change,
              "remove-variables",
              path(workload),
              "take %s out of container %s of %s"
                  .formatted(String.join(", ", names), container, words(workload)));
      case Change.RemovePodAnnotation(_, var workload, String key) ->
          plain(
              change,
              "remove-pod-annotation",
              path(workload),
              "take " + key + " off the pods of " + words(workload));
    };
  }

  private static String path(Pod.Workload workload) {
    return workload.namespace() + "/" + workload.name();
  }

  private static String words(Pod.Workload workload) {
    return workload.kind() + " " + path(workload);
  }

  private static ChangeText plain(Change change, String kind, String target, String summary) {
    return new ChangeText(
        kind,
        target,
        summary,
        Optional.empty(),
        Optional.empty(),
        AwsCli.of(change),
        Terraform.of(change));
  }
}
