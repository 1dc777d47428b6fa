package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import io.github.eksidentity.core.text.Only;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A cluster of the account that has the name of one that is gone: a cluster that is made again
/// under its name has another issuer.
///
/// @param because how the name is known, as a phrase that follows the cluster's name
/// @param remade whether a tag names the cluster, and the cluster is younger than what has the tag
record Successor(Cluster cluster, String because, boolean remade) {
  private static final String CLUSTER_KEY = "/cluster/";

  /// The clusters that the tags of the old provider and of the role, or the role's name, speak of;
  /// those that were made again first.
  static List<Successor> of(NamedProvider named, AuditContext context) {
    Role role = named.trust().role();
    Optional<OidcProvider> provider = context.index().provider(named.name());
    return context.inventory().clusters().stream()
        .filter(cluster -> cluster.issuer().isPresent() && cluster.runs())
        .filter(cluster -> sameRegion(cluster, named.url()))
        .sorted(Comparator.comparing(Cluster::name))
        .flatMap(cluster -> of(cluster, provider, role).stream())
        .sorted(Comparator.comparing(successor -> !successor.remade()))
        .toList();
  }

  /// The one cluster that certainly took the place of the one that is gone.
  static Optional<Successor> certain(List<Successor> successors) {
    List<Successor> remade = successors.stream().filter(Successor::remade).toList();
    return Only.of(remade);
  }

  String issuer() {
    return cluster.issuer().orElseThrow();
  }

  private static boolean sameRegion(Cluster cluster, String issuer) {
    return EksIssuer.parse(issuer)
        .filter(parts -> parts.region().equals(cluster.region()))
        .isPresent();
  }

  private static Optional<Successor> of(
      Cluster cluster, Optional<OidcProvider> provider, Role role) {
    Optional<Successor> byProvider =
        provider
            .filter(old -> isNamed(cluster, old.tags()))
            .map(old -> tagged(cluster, "the provider", old.created()));
    Optional<Successor> byRole =
        Optional.of(role)
            .filter(old -> isNamed(cluster, old.tags()))
            .map(old -> tagged(cluster, "the role", old.created()));
    Optional<Successor> byName =
        Optional.of(role)
            .filter(old -> contains(old.name(), cluster.name()))
            .map(_ -> new Successor(cluster, "is part of the role's name", false));
    return Stream.of(byProvider, byRole, byName).flatMap(Optional::stream).findFirst();
  }

  private static Successor tagged(Cluster cluster, String what, Optional<Instant> made) {
    boolean remade =
        made.flatMap(old -> cluster.created().map(created -> created.isAfter(old))).orElse(false);
    return new Successor(cluster, "stands in a tag of " + what, remade);
  }

  private static boolean isNamed(Cluster cluster, Map<String, String> tags) {
    return tags.entrySet().stream()
        .anyMatch(
            tag ->
                tag.getKey().endsWith(CLUSTER_KEY + cluster.name())
                    || (tag.getKey().toLowerCase(Locale.ROOT).contains("cluster")
                        && tag.getValue().equals(cluster.name())));
  }

  /// Whether a name has another one as a whole word in it.
  private static boolean contains(String name, String word) {
    return ("-" + name + "-").contains("-" + word + "-");
  }
}
