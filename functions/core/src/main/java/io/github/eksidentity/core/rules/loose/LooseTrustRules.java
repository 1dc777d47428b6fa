package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;

/// The rules about trust policies that admit more than was meant, in the order of the catalogue.
public final class LooseTrustRules {
  /// Every rule of the chapter.
  public static final List<Rule> ALL =
      List.of(
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
          new RolePrivileged());

  private LooseTrustRules() {}
}
