package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.report.page.Names;
import java.util.List;

/// A change as commands of the AWS CLI, version 2, for a POSIX shell; a change in a cluster as
/// commands of kubectl.
///
/// Documented at <https://docs.aws.amazon.com/cli/latest/reference/>.
final class AwsCli {
  private AwsCli() {}

  static String of(Change change) {
    return switch (change) {
      case Change.ReplaceTrustPolicy(String role, _, String after) ->
          Shell.withDocument(
              Shell.command(
                  "aws",
                  "iam",
                  "update-assume-role-policy",
                  "--role-name",
                  Names.ofRole(role),
                  "--policy-document"),
              TidyDocument.pretty(after));
      case Change.CreateProvider create -> createProvider(create);
      case Change.DeleteProvider(String provider) ->
          Shell.command(
              "aws",
              "iam",
              "delete-open-id-connect-provider",
              "--open-id-connect-provider-arn",
              provider);
      case Change.AddClientId(String provider, String clientId) ->
          Shell.command(
              "aws",
              "iam",
              "add-client-id-to-open-id-connect-provider",
              "--open-id-connect-provider-arn",
              provider,
              "--client-id",
              clientId);
      case Change.RemoveClientId(String provider, String clientId) ->
          Shell.command(
              "aws",
              "iam",
              "remove-client-id-from-open-id-connect-provider",
              "--open-id-connect-provider-arn",
              provider,
              "--client-id",
              clientId);
      case Change.DeleteRole(String role) -> deleteRole(Names.ofRole(role));
      case Change.AttachPolicy(String role, String policy) ->
          Shell.command(
              "aws",
              "iam",
              "attach-role-policy",
              "--role-name",
              Names.ofRole(role),
              "--policy-arn",
              policy);
      case Change.DetachPolicy(String role, String policy) ->
          Shell.command(
              "aws",
              "iam",
              "detach-role-policy",
              "--role-name",
              Names.ofRole(role),
              "--policy-arn",
              policy);
      case Change.PutInlinePolicy(String role, String name, String document) ->
          Shell.withDocument(
              Shell.command(
                  "aws",
                  "iam",
                  "put-role-policy",
                  "--role-name",
                  Names.ofRole(role),
                  "--policy-name",
                  name,
                  "--policy-document"),
              TidyDocument.pretty(document));
      case Change.LeaveInstanceProfile(String role, String profile) ->
          Shell.command(
              "aws",
              "iam",
              "remove-role-from-instance-profile",
              "--instance-profile-name",
              profile,
              "--role-name",
              Names.ofRole(role));
      case Change.CreateAddon(String region, String cluster, String addon) ->
          Shell.command(
              "aws",
              "eks",
              "create-addon",
              "--region",
              region,
              "--cluster-name",
              cluster,
              "--addon-name",
              addon);
      case Change.UpdateAddon update -> updateAddon(update);
      case Change.UpdateAssociationRole(
              String region,
              String cluster,
              String association,
              String role) ->
          Shell.command(
              "aws",
              "eks",
              "update-pod-identity-association",
              "--region",
              region,
              "--cluster-name",
              cluster,
              "--association-id",
              association,
              "--role-arn",
              role);
      case Change.DeleteAssociation(String region, String cluster, String association) ->
          Shell.command(
              "aws",
              "eks",
              "delete-pod-identity-association",
              "--region",
              region,
              "--cluster-name",
              cluster,
              "--association-id",
              association);
      case Change.InCluster inCluster -> Kubectl.of(inCluster);
    };
  }

  private static String createProvider(Change.CreateProvider create) {
    String[] fixed = {
      "aws",
      "iam",
      "create-open-id-connect-provider",
      "--url",
      "https://" + create.issuer(),
      "--client-id-list"
    };
    String[] words = java.util.Arrays.copyOf(fixed, fixed.length + create.clientIds().size());
    for (int i = 0; i < create.clientIds().size(); i++) {
      words[fixed.length + i] = create.clientIds().get(i);
    }
    return Shell.command(words);
  }

  /// IAM deletes a role only once nothing hangs on it. Names of policies and profiles hold no
  /// spaces.
  private static String deleteRole(String name) {
    if (!Shell.canPass(name)) {
      return Shell.refused(name);
    }
    return """
    for arn in $(aws iam list-attached-role-policies --role-name %1$s \\
        --query 'AttachedPolicies[].PolicyArn' --output text); do
      aws iam detach-role-policy --role-name %1$s --policy-arn "$arn"
    done
    for name in $(aws iam list-role-policies --role-name %1$s \\
        --query 'PolicyNames[]' --output text); do
      aws iam delete-role-policy --role-name %1$s --policy-name "$name"
    done
    for profile in $(aws iam list-instance-profiles-for-role --role-name %1$s \\
        --query 'InstanceProfiles[].InstanceProfileName' --output text); do
      aws iam remove-role-from-instance-profile --instance-profile-name "$profile" --role-name %1$s
    done
    aws iam delete-role --role-name %1$s\
    """
        .formatted(Shell.quote(name));
  }

  private static String updateAddon(Change.UpdateAddon update) {
    for (String word : List.of(update.region(), update.cluster(), update.addon())) {
      if (!Shell.canPass(word)) {
        return Shell.refused(word);
      }
    }
    String region = Shell.quote(update.region());
    String cluster = Shell.quote(update.cluster());
    String addon = Shell.quote(update.addon());
    return """
    kubernetes=$(aws eks describe-cluster --region %1$s --name %2$s \\
        --query cluster.version --output text)
    version=$(aws eks describe-addon-versions --region %1$s --addon-name %3$s \\
        --kubernetes-version "$kubernetes" --output text \\
        --query 'addons[0].addonVersions[?compatibilities[0].defaultVersion].addonVersion | [0]')
    aws eks update-addon --region %1$s --cluster-name %2$s --addon-name %3$s \\
        --addon-version "$version\"\
    """
        .formatted(region, cluster, addon);
  }
}
