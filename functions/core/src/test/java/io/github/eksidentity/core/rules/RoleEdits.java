package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Roles with one part changed.
public final class RoleEdits {
  private RoleEdits() {}

  public static UnaryOperator<Role> arn(String value) {
    return Edit.of(Role.class).with("arn", value);
  }

  public static UnaryOperator<Role> path(String value) {
    return Edit.of(Role.class).with("path", value);
  }

  public static UnaryOperator<Role> created(Optional<Instant> value) {
    return Edit.of(Role.class).with("created", value);
  }

  public static UnaryOperator<Role> trustDocument(String value) {
    return Edit.of(Role.class).with("trustDocument", value);
  }

  public static UnaryOperator<Role> inlinePolicies(List<PolicyDocument> value) {
    return Edit.of(Role.class).with("inlinePolicies", value);
  }

  public static UnaryOperator<Role> attachedPolicies(List<String> value) {
    return Edit.of(Role.class).with("attachedPolicies", value);
  }

  public static UnaryOperator<Role> instanceProfiles(List<String> value) {
    return Edit.of(Role.class).with("instanceProfiles", value);
  }

  public static UnaryOperator<Role> permissionsBoundary(Optional<String> value) {
    return Edit.of(Role.class).with("permissionsBoundary", value);
  }

  public static UnaryOperator<Role> lastUsed(LastUsed value) {
    return Edit.of(Role.class).with("lastUsed", value);
  }

  public static UnaryOperator<Role> tags(Map<String, String> value) {
    return Edit.of(Role.class).with("tags", value);
  }
}
