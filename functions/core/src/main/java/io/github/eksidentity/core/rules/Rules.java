package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.rules.broken.BrokenTrustRules;
import io.github.eksidentity.core.rules.cluster.ClusterRules;
import io.github.eksidentity.core.rules.loose.LooseTrustRules;
import io.github.eksidentity.core.rules.podidentity.PodIdentityRules;
import io.github.eksidentity.core.rules.provider.ProviderRules;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.core.rules.serviceaccount.ServiceAccountRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The catalogue: its chapters in order, each with its rules.
public final class Rules {
  private static final List<Rule> ALL = catalogue();

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
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
