package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;

/// The rules about trust policies that do not admit whom they mean, in the order of the catalogue.
public final class BrokenTrustRules {
  /// Every rule of the chapter.
  public static final List<Rule> ALL =
      List.of(
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
          new TrustSizeNearLimit());

  private BrokenTrustRules() {}
}
