package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Association;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Associations with one part changed.
public final class AssociationEdits {
  private AssociationEdits() {}

  public static UnaryOperator<Association> roleArn(String value) {
    return Edit.of(Association.class).with("roleArn", value);
  }

  public static UnaryOperator<Association> targetRoleArn(Optional<String> value) {
    return Edit.of(Association.class).with("targetRoleArn", value);
  }

  public static UnaryOperator<Association> externalId(Optional<String> value) {
    return Edit.of(Association.class).with("externalId", value);
  }

  public static UnaryOperator<Association> disableSessionTags(boolean value) {
    return Edit.of(Association.class).with("disableSessionTags", value);
  }

  public static UnaryOperator<Association> sessionPolicy(Optional<String> value) {
    return Edit.of(Association.class).with("sessionPolicy", value);
  }
}
