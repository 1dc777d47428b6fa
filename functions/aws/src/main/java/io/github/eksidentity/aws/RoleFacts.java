package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.Tag;

/// The account's roles and policies with the coverage of the scopes that hold them.
record RoleFacts(
    List<Role> roles,
    Map<String, PolicyDocument> managedPolicies,
    Map<Scope.Kind, Coverage> coverage) {

  /// The coverage of all three scopes of IAM.
  static Map<Scope.Kind, Coverage> coverage(Coverage roles, Coverage policies, Coverage usage) {
    Map<Scope.Kind, Coverage> coverage = new EnumMap<>(Scope.Kind.class);
    coverage.put(Scope.Kind.IAM, roles);
    coverage.put(Scope.Kind.IAM_POLICIES, policies);
    coverage.put(Scope.Kind.IAM_USAGE, usage);
    return coverage;
  }

  /// How well the use of the roles is known, given how well the roles themselves are.
  static Coverage usage(List<Role> roles, Coverage read) {
    long unknown =
        roles.stream().filter(role -> role.lastUsed() instanceof LastUsed.NotRead).count();
    if (!read.isComplete() || unknown == 0) {
      return read;
    }
    String reason = "IAM did not say of " + unknown + " of " + roles.size() + " roles";
    return ReadProblem.coverage(unknown < roles.size(), Optional.of(ReadProblem.other(reason)));
  }

  static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (_, last) -> last));
  }

  static Optional<String> boundary(@Nullable AttachedPermissionsBoundary boundary) {
    return Optional.ofNullable(boundary)
        .flatMap(attached -> Fields.text(attached.permissionsBoundaryArn()));
  }

  /// An empty element says that the role was not used, a missing one says nothing.
  static LastUsed lastUsed(@Nullable RoleLastUsed used) {
    if (used == null) {
      return new LastUsed.NotRead();
    }
    return used.lastUsedDate() == null
        ? new LastUsed.Never()
        : new LastUsed.At(used.lastUsedDate());
  }
}
