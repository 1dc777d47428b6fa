package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.permissions.PermissionStatement;
import io.github.eksidentity.core.permissions.RolePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A way from a role's permissions to more of them. Each is asked of resources that no policy
/// names, so that only wildcards grant it: a policy about the application's own roles is not meant.
///
/// @param text what is allowed, for evidence
/// @param needs everything that must be allowed together
/// @param includesTheRest whether the other ways need not be listed besides
/// @param indirect whether it leads to other roles and not to all rights at once
record Escalation(String text, List<Need> needs, boolean includesTheRest, boolean indirect) {
  /// An action and a resource that no policy names.
  record Need(String action, String resource) {}

  private static final String ANY = "eks-identity-any-name";

  /// Keys that limit such an action to certain services, policies or resources.
  private static final Set<String> SCOPING =
      Set.of(
          "iam:passedtoservice",
          "iam:associatedresourcearn",
          "iam:policyarn",
          "iam:permissionsboundary",
          "iam:awsservicename");

  private static final List<String> TAGS =
      List.of("aws:resourcetag/", "iam:resourcetag/", "aws:resourceaccount");

  /// What runs code with a role that is passed to it, and the kind of resource that it makes.
  private static final Map<String, String> RUNNERS =
      new TreeMap<>(
          Map.of(
              "ec2:RunInstances", "instance/",
              "lambda:CreateFunction", "function:",
              "ecs:RunTask", "task-definition/",
              "glue:CreateJob", "job/",
              "glue:CreateDevEndpoint", "devEndpoint/",
              "cloudformation:CreateStack", "stack/",
              "codebuild:CreateProject", "project/",
              "sagemaker:CreateNotebookInstance", "notebook-instance/",
              "ssm:StartAutomationExecution", "automation-definition/"));

  /// Whether a statement allows its actions only for a service, a policy or tagged resources.
  static boolean scoped(PermissionStatement statement) {
    return statement.conditionKeys().stream()
        .anyMatch(key -> SCOPING.contains(key) || TAGS.stream().anyMatch(key::startsWith));
  }

  /// Every way, the widest first.
  static List<Escalation> all(Role role) {
    String partition = Arn.parse(role.arn()).map(Arn::partition).orElse("");
    String iam = "arn:" + partition + ":iam::" + role.account();
    List<Escalation> all = new ArrayList<>();
    all.add(
        new Escalation(
            "every action on every resource",
            List.of(
                new Need(ANY + ":AnyAction", "*"),
                new Need("iam:CreatePolicyVersion", iam + ":policy/" + ANY)),
            true,
            false));
    write(all, "every managed policy", iam + ":policy/", "CreatePolicyVersion");
    write(all, "every managed policy", iam + ":policy/", "SetDefaultPolicyVersion");
    write(all, "every role", iam + ":role/", "AttachRolePolicy");
    write(all, "every role", iam + ":role/", "PutRolePolicy");
    write(all, "every role", iam + ":role/", "UpdateAssumeRolePolicy");
    write(all, "every user", iam + ":user/", "AttachUserPolicy");
    write(all, "every user", iam + ":user/", "PutUserPolicy");
    write(all, "every user", iam + ":user/", "CreateAccessKey");
    write(all, "every user", iam + ":user/", "CreateLoginProfile");
    write(all, "every user", iam + ":user/", "UpdateLoginProfile");
    write(all, "every group", iam + ":group/", "AttachGroupPolicy");
    write(all, "every group", iam + ":group/", "PutGroupPolicy");
    write(all, "every group", iam + ":group/", "AddUserToGroup");
    RUNNERS.forEach(
        (action, type) ->
            all.add(
                new Escalation(
                    "iam:PassRole on every role together with " + action,
                    List.of(
                        new Need("iam:PassRole", iam + ":role/" + ANY),
                        new Need(action, regional(role, action) + type + ANY)),
                    false,
                    false)));
    all.add(
        new Escalation(
            "sts:AssumeRole on every role",
            List.of(new Need("sts:AssumeRole", iam + ":role/" + ANY)),
            false,
            true));
    return all;
  }

  private static String regional(Role role, String action) {
    String partition = Arn.parse(role.arn()).map(Arn::partition).orElse("");
    String service = action.substring(0, action.indexOf(':'));
    return String.join(":", "arn", partition, service, ANY, role.account(), "");
  }

  private static void write(List<Escalation> all, String what, String resource, String action) {
    all.add(
        new Escalation(
            "iam:" + action + " on " + what,
            List.of(new Need("iam:" + action, resource + ANY)),
            false,
            false));
  }

  /// Whether the permissions hold all that it needs; the answer names the statement of the decisive
  /// action.
  Permission in(RolePermissions permissions) {
    RolePermissions named =
        indirect ? permissions.ignoring(PermissionStatement::notAction) : permissions;
    Permission weakest = new Permission.NotAllowed("nothing is asked for");
    for (int i = 0; i < needs.size(); i++) {
      Permission one = named.on(needs.get(i).action(), needs.get(i).resource());
      weakest = i == 0 || rank(one) < rank(weakest) ? one : weakest;
    }
    return weakest;
  }

  private static int rank(Permission permission) {
    return switch (permission) {
      case Permission.NotAllowed _ -> 0;
      case Permission.Undetermined _ -> 1;
      case Permission.Allowed _ -> 2;
    };
  }
}
