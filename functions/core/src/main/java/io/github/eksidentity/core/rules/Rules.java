package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.rules.broken.BrokenTrustRules;
import io.github.eksidentity.core.rules.broken.TrustDocumentInvalid;
import io.github.eksidentity.core.rules.broken.TrustUnsatisfiable;
import io.github.eksidentity.core.rules.broken.TrustUnsupportedClaim;
import io.github.eksidentity.core.rules.cluster.ClusterRules;
import io.github.eksidentity.core.rules.loose.LooseTrustRules;
import io.github.eksidentity.core.rules.podidentity.AssociationTrustMissingService;
import io.github.eksidentity.core.rules.podidentity.AssociationTrustNoTagSession;
import io.github.eksidentity.core.rules.podidentity.PodIdentityRules;
import io.github.eksidentity.core.rules.provider.ProviderRules;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.core.rules.serviceaccount.ServiceAccountRules;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The catalogue: its chapters in order, each with its rules.
public final class Rules {
  private static final List<Rule> ALL = catalogue();
  private static final Map<String, Rule> BY_ID =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Rule::id, rule -> rule));

  private Rules() {}

  private static List<Rule> catalogue() {
    List<Rule> chapters =
        Stream.of(
                ProviderRules.ALL,
                BrokenTrustRules.ALL,
                LooseTrustRules.ALL,
                RoleRules.ALL,
                PodIdentityRules.ALL,
                ServiceAccountRules.ALL)
            .flatMap(List::stream)
            .toList();
    Set<String> ids = chapters.stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());
    return Stream.concat(chapters.stream(), ClusterRules.with(ids).stream()).toList();
  }

  /// Every rule, in the order of the catalogue.
  public static List<Rule> all() {
    return ALL;
  }

  /// The rule with this id.
  public static Optional<Rule> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /// Whether what the rule with this id says of itself is so; false where there is no such rule.
  public static boolean test(String id, Predicate<RuleMetadata> saying) {
    return find(id).map(Rule::metadata).filter(saying).isPresent();
  }

  /// The rule that reports a problem of a trust document.
  public static Rule reporting(Problem.Fault fault) {
    return Objects.requireNonNull(
        BY_ID.get(
            switch (fault) {
              case INVALID -> TrustDocumentInvalid.ID;
              case NO_TAG_SESSION -> AssociationTrustNoTagSession.ID;
              case CONTROL_PLANE -> AssociationTrustMissingService.ID;
              case NO_SUCH_KEY -> TrustUnsupportedClaim.ID;
              case MALFORMED_VARIABLE -> TrustUnsatisfiable.ID;
            }));
  }
}
