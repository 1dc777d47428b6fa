package io.github.eksidentity.core.rules.provider;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;

/// The rules about IAM OIDC providers, in the order of the catalogue.
public final class ProviderRules {
  /// Every rule of the chapter.
  public static final List<Rule> ALL =
      List.of(
          new ProviderMissing(),
          new ProviderAudienceMissing(),
          new ProviderDualStackHost(),
          new ProviderUrlMalformed(),
          new ProviderOrphaned(),
          new ProviderQuotaNear(),
          new ProviderExtraAudience());

  private ProviderRules() {}
}
