package io.github.eksidentity.core.facts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Who may do what in a cluster by Kubernetes' RBAC.
///
/// Documented at <https://kubernetes.io/docs/reference/access-authn-authz/rbac/>.
///
/// @param roles Roles and ClusterRoles; an aggregated ClusterRole holds the rules that the
/// controller wrote into it
/// @param bindings RoleBindings and ClusterRoleBindings
public record Rbac(List<Role> roles, List<Binding> bindings) {
  /// Nothing was read.
  public static final Rbac NOT_READ = new Rbac(List.of(), List.of());

  public Rbac {
    roles = List.copyOf(roles);
    bindings = List.copyOf(bindings);
  }

  /// A Role or ClusterRole.
  ///
  /// @param namespace empty for a ClusterRole
  /// @param builtIn whether Kubernetes itself makes it (label `kubernetes.io/bootstrapping`)
  /// @param rules those about resources; rules about URLs are left out
  public record Role(Optional<String> namespace, String name, boolean builtIn, List<Rule> rules) {
    public Role {
      rules = List.copyOf(rules);
    }
  }

  /// What a role allows. `*` stands for all.
  ///
  /// @param resources with their subresource, as `serviceaccounts/token`
  /// @param resourceNames names that it is limited to; empty for all
  public record Rule(
      List<String> apiGroups,
      List<String> resources,
      List<String> verbs,
      List<String> resourceNames) {
    public Rule {
      apiGroups = List.copyOf(apiGroups);
      resources = List.copyOf(resources);
      verbs = List.copyOf(verbs);
      resourceNames = List.copyOf(resourceNames);
    }
  }

  /// A RoleBinding or ClusterRoleBinding.
  ///
  /// @param namespace empty for a ClusterRoleBinding
  /// @param builtIn whether Kubernetes itself makes it
  /// @param clusterRole whether it refers to a ClusterRole and not to a Role of its namespace
  /// @param role name of the role
  public record Binding(
      Optional<String> namespace,
      String name,
      boolean builtIn,
      boolean clusterRole,
      String role,
      List<Holder> holders) {
    public Binding {
      holders = List.copyOf(holders);
    }
  }

  /// Somebody a binding gives a role to; Kubernetes calls it a subject.
  ///
  /// @param kind `User`, `Group` or `ServiceAccount`
  /// @param namespace present for a service account
  public record Holder(String kind, Optional<String> namespace, String name) {}

  Rbac sorted() {
    return new Rbac(
        roles.stream()
            .sorted(
                Comparator.comparing((Role role) -> role.namespace().orElse(""))
                    .thenComparing(Role::name))
            .toList(),
        bindings.stream()
            .sorted(
                Comparator.comparing((Binding binding) -> binding.namespace().orElse(""))
                    .thenComparing(Binding::name))
            .toList());
  }
}
