package io.github.eksidentity.core.rules;

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

  /// Sets arn.
  public static UnaryOperator<Role> arn(String value) {
    return old ->
        new Role(
            value,
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets path.
  public static UnaryOperator<Role> path(String value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            value,
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets created.
  public static UnaryOperator<Role> created(Optional<Instant> value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            value,
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets trustDocument.
  public static UnaryOperator<Role> trustDocument(String value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            value,
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets inlinePolicies.
  public static UnaryOperator<Role> inlinePolicies(List<PolicyDocument> value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            value,
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets attachedPolicies.
  public static UnaryOperator<Role> attachedPolicies(List<String> value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            value,
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets instanceProfiles.
  public static UnaryOperator<Role> instanceProfiles(List<String> value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            value,
            old.permissionsBoundary(),
            old.lastUsed(),
            old.tags());
  }

  /// Sets permissionsBoundary.
  public static UnaryOperator<Role> permissionsBoundary(Optional<String> value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            value,
            old.lastUsed(),
            old.tags());
  }

  /// Sets lastUsed.
  public static UnaryOperator<Role> lastUsed(LastUsed value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            value,
            old.tags());
  }

  /// Sets tags.
  public static UnaryOperator<Role> tags(Map<String, String> value) {
    return old ->
        new Role(
            old.arn(),
            old.name(),
            old.path(),
            old.id(),
            old.created(),
            old.trustDocument(),
            old.inlinePolicies(),
            old.attachedPolicies(),
            old.instanceProfiles(),
            old.permissionsBoundary(),
            old.lastUsed(),
            value);
  }
}
