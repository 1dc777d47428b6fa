package io.github.eksidentity.core.permissions;

import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What a role's own policies let it do: inline and managed policies, within its permissions
/// boundary. Policies of resources and of the organisation are not seen from here.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>.
public final class RolePermissions {
  private final List<PermissionsPolicy> policies;
  private final List<String> unread;
  private final Optional<String> boundaryName;
  private final Optional<PermissionsPolicy> boundary;

  private RolePermissions(
      List<PermissionsPolicy> policies,
      List<String> unread,
      Optional<String> boundaryName,
      Optional<PermissionsPolicy> boundary) {
    this.policies = List.copyOf(policies);
    this.unread = List.copyOf(unread);
    this.boundaryName = boundaryName;
    this.boundary = boundary;
  }

  /// The permissions of a role.
  ///
  /// @param managed default version of the managed policies that were read, by ARN
  public static RolePermissions of(Role role, Map<String, PolicyDocument> managed) {
    List<PermissionsPolicy> policies = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (PolicyDocument inline : role.inlinePolicies()) {
      PermissionsPolicy.parse(inline)
          .ifPresentOrElse(policies::add, () -> unread.add(inline.name()));
    }
    for (String arn : role.attachedPolicies()) {
      Optional<PermissionsPolicy> read = managed(arn, managed);
      read.ifPresentOrElse(policies::add, () -> unread.add(arn));
      if (read.isEmpty()) {
        AwsPolicies.inPart(arn).flatMap(PermissionsPolicy::parse).ifPresent(policies::add);
      }
    }
    return new RolePermissions(
        policies,
        unread,
        role.permissionsBoundary(),
        role.permissionsBoundary().flatMap(arn -> managed(arn, managed)));
  }

  private static Optional<PermissionsPolicy> managed(
      String arn, Map<String, PolicyDocument> managed) {
    return Optional.ofNullable(managed.get(arn))
        .or(() -> AwsPolicies.whole(arn))
        .flatMap(PermissionsPolicy::parse);
  }

  /// Whether every document that bears on the role is known, its boundary included.
  public boolean whole() {
    return unread.isEmpty() && boundaryName.isPresent() == boundary.isPresent();
  }

  /// The policies whose documents are known.
  public List<PermissionsPolicy> policies() {
    return policies;
  }

  /// Names of inline policies and ARNs of managed ones whose documents were not read or understood.
  public List<String> unread() {
    return unread;
  }

  /// The same permissions without the Allow statements of which this holds.
  public RolePermissions ignoring(Predicate<PermissionStatement> left) {
    return new RolePermissions(
        policies.stream()
            .map(
                policy ->
                    new PermissionsPolicy(
                        policy.name(),
                        policy.statements().stream()
                            .filter(
                                statement ->
                                    statement.effect() == Effect.DENY || !left.test(statement))
                            .toList()))
            .toList(),
        unread,
        boundaryName,
        boundary);
  }

  /// Whether the role may do this.
  ///
  /// @param action as `iam:PassRole`
  /// @param resource ARN of one resource, or `*` for an action that knows no resources
  public Permission on(String action, String resource) {
    Match deny = strongest(policies, Effect.DENY, action, resource);
    Match allow = strongest(policies, Effect.ALLOW, action, resource);
    Optional<Permission> bounded = outsideBoundary(action, resource);
    if (deny.cover() == Truth.YES) {
      return new Permission.NotAllowed(deny.name() + " denies " + action);
    }
    if (bounded.orElse(null) instanceof Permission.NotAllowed outside) {
      return outside;
    }
    if (allow.cover() == Truth.NO && unread.isEmpty()) {
      return new Permission.NotAllowed("no policy of the role allows " + action);
    }
    if (allow.cover() == Truth.NO) {
      return new Permission.Undetermined("the policy " + unread.getFirst() + " was not read");
    }
    if (deny.cover() == Truth.UNKNOWN) {
      return new Permission.Undetermined(deny.name() + " may deny " + action);
    }
    if (allow.cover() == Truth.UNKNOWN) {
      return new Permission.Undetermined(allow.name() + " allows " + action + " on a condition");
    }
    return bounded.orElseGet(() -> new Permission.Allowed(allow.grant().orElseThrow()));
  }

  /// Whether the role may do this to any resource at all, under whatever condition: what is not
  /// allowed here is allowed nowhere.
  public Permission onAnything(String action) {
    Match deny = strongest(policies, Effect.DENY, action, "*");
    if (deny.cover() == Truth.YES) {
      return new Permission.NotAllowed(deny.name() + " denies " + action);
    }
    if (boundary.isPresent() && allowing(boundary.get(), action).isEmpty()) {
      return new Permission.NotAllowed(
          "the permissions boundary " + boundaryName.orElseThrow() + " leaves out " + action);
    }
    Optional<Permission.Grant> allow =
        policies.stream().flatMap(policy -> allowing(policy, action).stream()).findFirst();
    if (allow.isEmpty()) {
      return unread.isEmpty()
          ? new Permission.NotAllowed("no policy of the role allows " + action)
          : new Permission.Undetermined("the policy " + unread.getFirst() + " was not read");
    }
    return boundaryName.isPresent() && boundary.isEmpty()
        ? new Permission.Undetermined(
            "the permissions boundary " + boundaryName.get() + " was not read")
        : new Permission.Allowed(allow.get());
  }

  /// The resources on which the role's policies allow an action, as they stand there without what
  /// holds a policy variable; `*` alone where it is allowed on any, or on none that can be named.
  public Set<String> resources(String action) {
    Set<String> resources = new TreeSet<>();
    for (PermissionsPolicy policy : policies) {
      for (PermissionStatement statement : policy.statements()) {
        if (statement.effect() == Effect.ALLOW && statement.coversAction(action)) {
          resources.addAll(statement.notResource() ? Set.of("*") : statement.resources());
        }
      }
    }
    resources.removeIf(resource -> resource.contains("${"));
    return resources.isEmpty() || resources.contains("*") ? Set.of("*") : resources;
  }

  private static Optional<Permission.Grant> allowing(PermissionsPolicy policy, String action) {
    return policy.statements().stream()
        .filter(statement -> statement.effect() == Effect.ALLOW && statement.coversAction(action))
        .findFirst()
        .map(statement -> new Permission.Grant(policy.name(), statement));
  }

  private Optional<Permission> outsideBoundary(String action, String resource) {
    if (boundaryName.isEmpty()) {
      return Optional.empty();
    }
    String name = "the permissions boundary " + boundaryName.get();
    if (boundary.isEmpty()) {
      return Optional.of(new Permission.Undetermined(name + " was not read"));
    }
    List<PermissionsPolicy> only = List.of(boundary.get());
    Truth within =
        strongest(only, Effect.ALLOW, action, resource)
            .cover()
            .and(strongest(only, Effect.DENY, action, resource).cover().not());
    return switch (within) {
      case YES -> Optional.empty();
      case UNKNOWN -> Optional.of(new Permission.Undetermined(name + " may leave out " + action));
      case NO -> Optional.of(new Permission.NotAllowed(name + " leaves out " + action));
    };
  }

  /// The statement that covers a request most surely.
  private record Match(Truth cover, Optional<Permission.Grant> grant) {
    String name() {
      return grant
          .map(
              found ->
                  "statement " + (found.statement().index() + 1) + " of policy " + found.policy())
          .orElse("no statement");
    }
  }

  private static Match strongest(
      List<PermissionsPolicy> policies, Effect effect, String action, String resource) {
    Match best = new Match(Truth.NO, Optional.empty());
    for (PermissionsPolicy policy : policies) {
      for (PermissionStatement statement : policy.statements()) {
        Truth cover = statement.effect() == effect ? statement.covers(action, resource) : Truth.NO;
        if (cover.compareTo(best.cover()) > 0) {
          best = new Match(cover, Optional.of(new Permission.Grant(policy.name(), statement)));
        }
      }
    }
    return best;
  }
}
