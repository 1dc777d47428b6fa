package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;

/// The rules about associations and what they need, in the order of the catalogue.
public final class PodIdentityRules {
  /// Every rule of the chapter.
  public static final List<Rule> ALL =
      List.of(
          new AssociationRoleMissing(),
          new AssociationTrustMissingService(),
          new AssociationTrustNoTagSession(),
          new AssociationTrustConditionMismatch(),
          new AssociationAgentMissing(),
          new AssociationAgentUnhealthy(),
          new AssociationNodeRoleLacksEksAuth(),
          new AssociationTargetRoleBroken(),
          new AssociationPlatformTooOld(),
          new AssociationTrustUnscoped(),
          new AssociationTrustPartlyScoped(),
          new TargetRoleNoExternalId(),
          new AssociationMissing(),
          new PermissionsNeedSessionTags(),
          new ChainedRoleNoTagSession(),
          new BindingBothMechanisms(),
          new AddonRoleDrift());

  private PodIdentityRules() {}
}
