package io.github.eksidentity.report.fix;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.report.page.Names;
import java.util.ArrayList;
import java.util.List;

/// A change as Terraform configuration for the AWS provider. Where the change takes something away,
/// or touches a resource of which more is needed than the change knows, comments say what to edit.
///
/// Documented at <https://registry.terraform.io/providers/hashicorp/aws/latest/docs>.
final class Terraform {
  private Terraform() {}

  static String of(Change change) {
    return switch (change) {
      case Change.ReplaceTrustPolicy(String role, _, String after) -> trust(role, after);
      case Change.CreateProvider(String issuer, List<String> clientIds) ->
          Hcl.resource(
              "aws_iam_openid_connect_provider",
              Hcl.label(lastPart(issuer)),
              List.of(
                  Hcl.text("url", "https://" + issuer), Hcl.texts("client_id_list", clientIds)));
      case Change.DeleteProvider(String provider) ->
          remove("aws_iam_openid_connect_provider", "url", "https://" + Names.ofProvider(provider));
      case Change.AddClientId(String provider, String clientId) ->
          edit(
              "aws_iam_openid_connect_provider",
              "url",
              "https://" + Names.ofProvider(provider),
              "add " + Hcl.string(clientId) + " to client_id_list.");
      case Change.RemoveClientId(String provider, String clientId) ->
          edit(
              "aws_iam_openid_connect_provider",
              "url",
              "https://" + Names.ofProvider(provider),
              "take " + Hcl.string(clientId) + " out of client_id_list.");
      case Change.DeleteRole(String role) -> remove("aws_iam_role", "name", Names.ofRole(role));
      case Change.AttachPolicy(String role, String policy) ->
          Hcl.resource(
              "aws_iam_role_policy_attachment",
              Hcl.label(Names.ofRole(role) + "_" + lastPart(policy)),
              List.of(Hcl.text("role", Names.ofRole(role)), Hcl.text("policy_arn", policy)));
      case Change.DetachPolicy(String role, String policy) ->
          "# Remove the aws_iam_role_policy_attachment of role "
              + Hcl.string(Names.ofRole(role))
              + " with\n# policy_arn "
              + Hcl.string(policy)
              + " from the configuration.";
      case Change.PutInlinePolicy(String role, String name, String document) ->
          inline(role, name, document);
      case Change.LeaveInstanceProfile(String role, String profile) ->
          edit(
              "aws_iam_instance_profile",
              "name",
              profile,
              "remove role = " + Hcl.string(Names.ofRole(role)) + ".");
      case Change.CreateAddon(String region, String cluster, String addon) ->
          inRegion(region)
              + Hcl.resource(
                  "aws_eks_addon",
                  Hcl.label(cluster + "_" + addon),
                  List.of(Hcl.text("cluster_name", cluster), Hcl.text("addon_name", addon)));
      case Change.UpdateAddon(String region, String cluster, String addon) ->
          inRegion(region) + updateAddon(cluster, addon);
      case Change.UpdateAssociationRole(_, String cluster, String association, String role) ->
          edit(
              "aws_eks_pod_identity_association",
              "association_id",
              association,
              "of cluster " + Hcl.string(cluster) + " set\n# role_arn = " + Hcl.string(role) + ".");
      case Change.DeleteAssociation(_, String cluster, String association) ->
          remove("aws_eks_pod_identity_association", "association_id", association)
              + "\n# It belongs to cluster "
              + Hcl.string(cluster)
              + ".";
      case Change.InCluster inCluster -> TerraformKubernetes.of(inCluster);
    };
  }

  private static String trust(String roleArn, String document) {
    String name = Names.ofRole(roleArn);
    List<Hcl.Attribute> attributes = new ArrayList<>(List.of(Hcl.text("name", name)));
    String path = path(roleArn);
    if (path.length() > 1) {
      attributes.add(Hcl.text("path", path));
    }
    attributes.add(policy("assume_role_policy", document));
    return "# Beside what the role's resource says already:\n"
        + Hcl.resource("aws_iam_role", Hcl.label(name), attributes);
  }

  private static String inline(String role, String name, String document) {
    return Hcl.resource(
        "aws_iam_role_policy",
        Hcl.label(Names.ofRole(role) + "_" + name),
        List.of(
            Hcl.text("role", Names.ofRole(role)),
            Hcl.text("name", name),
            policy("policy", document)));
  }

  private static Hcl.Attribute policy(String attribute, String document) {
    return TidyDocument.tree(document)
        .map((Json tree) -> Hcl.json(attribute, tree))
        .orElseGet(() -> Hcl.text(attribute, document));
  }

  private static String updateAddon(String cluster, String addon) {
    String label = Hcl.label(cluster + "_" + addon);
    return """
    data "aws_eks_cluster" %1$s {
      name = %2$s
    }

    data "aws_eks_addon_version" %1$s {
      addon_name         = %3$s
      kubernetes_version = data.aws_eks_cluster.%4$s.version
    }

    """
            .formatted(Hcl.string(label), Hcl.string(cluster), Hcl.string(addon), label)
        + Hcl.resource(
            "aws_eks_addon",
            label,
            List.of(
                Hcl.text("cluster_name", cluster),
                Hcl.text("addon_name", addon),
                new Hcl.Attribute(
                    "addon_version", "data.aws_eks_addon_version." + label + ".version")));
  }

  private static String remove(String type, String attribute, String value) {
    return "# Remove the "
        + type
        + " whose "
        + attribute
        + " is\n# "
        + Hcl.string(value)
        + "\n# from the configuration, with whatever refers to it.";
  }

  private static String edit(String type, String attribute, String value, String what) {
    return "# In the "
        + type
        + " whose "
        + attribute
        + " is\n# "
        + Hcl.string(value)
        + "\n# "
        + what;
  }

  private static String inRegion(String region) {
    return "# With a provider of region " + Hcl.string(region) + ":\n";
  }

  private static String path(String roleArn) {
    String resource = Arn.parse(roleArn).map(Arn::resource).orElse("role/");
    return resource.substring(Math.max(0, resource.indexOf('/')), resource.lastIndexOf('/') + 1);
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
