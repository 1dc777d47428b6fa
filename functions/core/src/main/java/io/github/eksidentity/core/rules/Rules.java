package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;
import java.util.Optional;

/// Every rule, in the order of the catalogue.
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new ProviderMissing(),
          new ProviderAudienceMissing(),
          new ProviderDualStackHost(),
          new ProviderUrlMalformed(),
          new ProviderOrphaned(),
          new ProviderQuotaNear(),
          new ProviderExtraAudience(),
          new TrustDocumentInvalid(),
          new TrustProviderMissing(),
          new TrustFederatedArnMalformed(),
          new TrustProviderForeignAccount(),
          new TrustPartitionMismatch(),
          new TrustIssuerDead(),
          new TrustIssuerForeign(),
          new TrustConditionKeyMismatch(),
          new TrustWildcardWithoutLike(),
          new TrustSubjectMalformed(),
          new TrustClaimsSwapped(),
          new TrustAudienceMismatch(),
          new TrustActionMismatch(),
          new TrustUnsatisfiable(),
          new TrustDenied(),
          new TrustUnsupportedClaim(),
          new TrustStalePrincipal(),
          new TrustSizeNearLimit(),
          new TrustNoCondition(),
          new TrustNoSubject(),
          new TrustAnySubject(),
          new TrustAnyNamespace(),
          new TrustAnyServiceAccount(),
          new TrustPartialWildcard(),
          new TrustVacuousCondition(),
          new TrustNegativeOnly(),
          new TrustNoAudience(),
          new TrustDefaultServiceAccount(),
          new TrustSharedRole(),
          new TrustMixedPrincipals(),
          new RolePrivileged(),
          new RoleNoPermissions(),
          new RolePermissionsMissing(),
          new RoleUnused(),
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
          new BindingBothMechanisms(),
          new AddonRoleDrift(),
          new AnnotationMalformedArn(),
          new AnnotationWrongKey(),
          new AnnotationRoleMissing(),
          new AnnotationRolePathMissing(),
          new AnnotationTrustDenies(),
          new AnnotationAudienceMismatch(),
          new AnnotationUnused(),
          new PodWrongServiceAccount(),
          new PodRoleStale(),
          new ServiceAccountMissing(),
          new ServiceAccountNotAnnotated(),
          new PodNotInjected(),
          new PodPartialEnvironment(),
          new PodWrongTokenPath(),
          new PodStaticCredentials(),
          new PodGlobalSts(),
          new PodUnsupportedCompute(),
          new PodProxyHidesAgent(),
          new TokenExpirationInvalid(),
          new WebhookMissing(),
          new TokenMintRbac(),
          new ClusterStsRegionDisabled(),
          new ClusterNotReadable(),
          new AssumeRoleDenied(),
          new RoleIdleWithRunningPods(),
          new MuteExpired(),
          new MuteUnused());

  private Rules() {}

  /// Every rule, in the order of the catalogue.
  public static List<Rule> all() {
    return ALL;
  }

  /// The rule with this id.
  public static Optional<Rule> find(String id) {
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
