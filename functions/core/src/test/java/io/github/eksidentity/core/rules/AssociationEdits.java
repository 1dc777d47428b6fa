package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Association;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Associations with one part changed.
public final class AssociationEdits {
  private AssociationEdits() {}

  /// Sets roleArn.
  public static UnaryOperator<Association> roleArn(String value) {
    return old ->
        new Association(
            old.arn(),
            old.id(),
            old.namespace(),
            old.serviceAccount(),
            value,
            old.targetRoleArn(),
            old.externalId(),
            old.disableSessionTags(),
            old.sessionPolicy(),
            old.ownerArn(),
            old.tags());
  }

  /// Sets targetRoleArn.
  public static UnaryOperator<Association> targetRoleArn(Optional<String> value) {
    return old ->
        new Association(
            old.arn(),
            old.id(),
            old.namespace(),
            old.serviceAccount(),
            old.roleArn(),
            value,
            old.externalId(),
            old.disableSessionTags(),
            old.sessionPolicy(),
            old.ownerArn(),
            old.tags());
  }

  /// Sets externalId.
  public static UnaryOperator<Association> externalId(Optional<String> value) {
    return old ->
        new Association(
            old.arn(),
            old.id(),
            old.namespace(),
            old.serviceAccount(),
            old.roleArn(),
            old.targetRoleArn(),
            value,
            old.disableSessionTags(),
            old.sessionPolicy(),
            old.ownerArn(),
            old.tags());
  }

  /// Sets disableSessionTags.
  public static UnaryOperator<Association> disableSessionTags(boolean value) {
    return old ->
        new Association(
            old.arn(),
            old.id(),
            old.namespace(),
            old.serviceAccount(),
            old.roleArn(),
            old.targetRoleArn(),
            old.externalId(),
            value,
            old.sessionPolicy(),
            old.ownerArn(),
            old.tags());
  }

  /// Sets sessionPolicy.
  public static UnaryOperator<Association> sessionPolicy(Optional<String> value) {
    return old ->
        new Association(
            old.arn(),
            old.id(),
            old.namespace(),
            old.serviceAccount(),
            old.roleArn(),
            old.targetRoleArn(),
            old.externalId(),
            old.disableSessionTags(),
            value,
            old.ownerArn(),
            old.tags());
  }

  /// Sets ownerArn.
  public static UnaryOperator<Association> ownerArn(Optional<String> value) {
    return old ->
        new Association(
            old.arn(),
            old.id(),
            old.namespace(),
            old.serviceAccount(),
            old.roleArn(),
            old.targetRoleArn(),
            old.externalId(),
            old.disableSessionTags(),
            old.sessionPolicy(),
            value,
            old.tags());
  }
}
