package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.permissions.RolePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The administrator rights of a role, and its ways to them.
///
/// @param allowed what each statement of the role's policies allows, in words
/// @param account whether all rights of the account come at once, and not only other roles
/// @param open why it is not certain; empty where it is
public record Privilege(
    Map<Permission.Grant, List<String>> allowed, boolean account, Optional<String> open) {
  /// What the policies of a role allow it.
  public static Privilege of(Role role, Index index) {
    RolePermissions permissions = index.permissions(role).ignoring(Escalation::scoped);
    Map<Permission.Grant, List<String>> allowed = new LinkedHashMap<>();
    Optional<String> open = Optional.empty();
    boolean account = false;
    for (Escalation escalation : Escalation.all(role)) {
      switch (escalation.in(permissions)) {
        case Permission.Allowed(Permission.Grant by) -> {
          allowed.computeIfAbsent(by, _ -> new ArrayList<>()).add(escalation.text());
          account |= !escalation.indirect();
        }
        case Permission.Undetermined(String reason) -> open = open.or(() -> Optional.of(reason));
        case Permission.NotAllowed _ -> {}
      }
      if (escalation.includesTheRest() && account) {
        break;
      }
    }
    return new Privilege(allowed, account, open);
  }

  /// Whether some of them are certain.
  public boolean isPrivileged() {
    return !allowed.isEmpty();
  }
}
