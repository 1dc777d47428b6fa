package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.json.JsonMembers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The answer of GetAccountAuthorizationDetails.
///
/// @param policies default version of the managed policies, by ARN
/// @param policiesCoverage how well the roles' inline and managed policies are known
/// @param usage how well it is known when roles were last used
record AuthorizationDetails(
    List<Role> roles,
    Map<String, PolicyDocument> policies,
    Coverage policiesCoverage,
    Coverage usage) {
  static final String FILE = "authorization-details.json";

  static final AuthorizationDetails NOTHING =
      new AuthorizationDetails(
          List.of(),
          Map.of(),
          new Coverage.Skipped("not in the snapshot"),
          new Coverage.Skipped("not in the snapshot"));

  static Part<AuthorizationDetails> read(Source source) {
    Part<AuthorizationDetails> part =
        source.whole(FILE, NOTHING, file -> new Decoder().decode(file));
    if (part.coverage() instanceof Coverage.Failed failed) {
      return new Part<>(
          new AuthorizationDetails(List.of(), Map.of(), failed, failed), part.coverage());
    }
    return part;
  }

  private static final class Decoder {
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, PolicyDocument> policies = new HashMap<>();
    private boolean inlineMissing;

    Part<AuthorizationDetails> decode(JsonFile file) {
      JsonMembers<SnapshotException> rest =
          file.streamed(Map.of("RoleDetailList", this::role, "Policies", this::managedPolicy));
      rest.requiredObjects("RoleDetailList");
      List<String> reasons = new ArrayList<>();
      if (rest.flag("IsTruncated") || rest.has("NextToken") || rest.has("Marker")) {
        reasons.add(FILE + " does not hold all pages of its list");
      }
      Coverage ofPolicies = policiesCoverage(rest.has("Policies"));
      return Part.of(new AuthorizationDetails(roles, policies, ofPolicies, usage()), reasons);
    }

    private void role(JsonMembers<SnapshotException> role) {
      inlineMissing |= !role.has("RolePolicyList");
      String arn = role.text("Arn");
      String name = role.text("RoleName");
      roles.add(
          new Role(
              arn,
              name,
              role.optionalText("Path").orElseGet(() -> path(arn, name)),
              role.optionalText("RoleId").orElse(""),
              AwsMembers.time(role, "CreateDate"),
              AwsMembers.document(role, "AssumeRolePolicyDocument"),
              role.objects("RolePolicyList").stream().map(Decoder::inlinePolicy).toList(),
              texts(role, "AttachedManagedPolicies", "PolicyArn"),
              texts(role, "InstanceProfileList", "InstanceProfileName"),
              role.optionalObject("PermissionsBoundary")
                  .map(boundary -> boundary.text("PermissionsBoundaryArn")),
              lastUsed(role),
              AwsMembers.tagList(role)));
    }

    private static LastUsed lastUsed(JsonMembers<SnapshotException> role) {
      Optional<JsonMembers<SnapshotException>> used = role.optionalObject("RoleLastUsed");
      if (used.isEmpty()) {
        return new LastUsed.NotRead();
      }
      return AwsMembers.time(used.get(), "LastUsedDate")
          .<LastUsed>map(LastUsed.At::new)
          .orElseGet(LastUsed.Never::new);
    }

    private static PolicyDocument inlinePolicy(JsonMembers<SnapshotException> policy) {
      return new PolicyDocument(
          policy.text("PolicyName"), AwsMembers.document(policy, "PolicyDocument"));
    }

    private void managedPolicy(JsonMembers<SnapshotException> policy) {
      String arn = policy.text("Arn");
      for (JsonMembers<SnapshotException> version : policy.objects("PolicyVersionList")) {
        if (version.flag("IsDefaultVersion")) {
          policies.put(arn, new PolicyDocument(arn, AwsMembers.document(version, "Document")));
        }
      }
    }

    private Coverage policiesCoverage(boolean listed) {
      List<String> reasons = new ArrayList<>();
      if (inlineMissing) {
        // Of no role it is known whether it has some, so that none counts as known.
        return new Coverage.Failed(
            FILE + " lacks the inline policies of some roles", Optional.empty());
      }
      if (!listed) {
        reasons.add(FILE + " has no Policies: what managed policies allow is not known");
      } else {
        roles.stream()
            .flatMap(
                role ->
                    Stream.concat(
                        role.attachedPolicies().stream(), role.permissionsBoundary().stream()))
            .filter(arn -> !policies.containsKey(arn))
            .sorted()
            .map(arn -> FILE + " lacks the policy " + Shown.plain(arn))
            .forEach(reasons::add);
      }
      return Part.of(roles, reasons).coverage();
    }

    private Coverage usage() {
      long notRead =
          roles.stream().filter(role -> role.lastUsed() instanceof LastUsed.NotRead).count();
      if (notRead == 0) {
        return new Coverage.Complete();
      }
      return notRead == roles.size()
          ? new Coverage.Skipped(FILE + " does not tell when roles were last used")
          : new Coverage.Partial(
              FILE + " does not tell of " + notRead + " roles when they were last used",
              Optional.empty());
    }

    private static List<String> texts(
        JsonMembers<SnapshotException> role, String list, String member) {
      return role.objects(list).stream().map(item -> item.text(member)).toList();
    }

    private static String path(String arn, String name) {
      String resource = Arn.parse(arn).map(Arn::resource).orElse("");
      return resource.startsWith("role/") && resource.endsWith("/" + name)
          ? resource.substring("role".length(), resource.length() - name.length())
          : "/";
    }
  }
}
