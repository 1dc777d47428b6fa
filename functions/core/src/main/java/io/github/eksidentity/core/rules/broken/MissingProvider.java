package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import io.github.eksidentity.core.text.Nearest;
import io.github.eksidentity.core.text.Only;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A provider that a trust names and the account does not have, and the issuer that was meant.
///
/// @param meant issuer of a cluster of the account, where one was certainly meant
/// @param because how that is known, as a phrase
record MissingProvider(NamedProvider named, Optional<String> meant, Optional<String> because) {
  static MissingProvider of(NamedProvider named, AuditContext context) {
    if (context.index().standing(named.url())
        instanceof IssuerStanding.DualStack(Cluster cluster)) {
      return new MissingProvider(
          named, cluster.issuer(), Optional.of("tokens do not carry the dual-stack host"));
    }
    Optional<String> tested = tested(named).filter(key -> isLive(key, context));
    if (tested.isPresent()) {
      return new MissingProvider(
          named, tested, Optional.of("the conditions test the claims of its issuer"));
    }
    // No two issuers of EKS come near one another by chance: their ids have 32 digits.
    Optional<String> misspelt =
        Nearest.within(Nearest.TYPING_ERRORS, named.url(), issuers(context));
    if (misspelt.isPresent()) {
      return new MissingProvider(
          named, misspelt, Optional.of("the name differs from it by a typing error"));
    }
    return Successor.certain(Successor.of(named, context))
        .map(
            successor ->
                new MissingProvider(
                    named,
                    Optional.of(successor.issuer()),
                    Optional.of(
                        "cluster "
                            + successor.cluster().name()
                            + " was made again, its name "
                            + successor.because())))
        .orElseGet(() -> new MissingProvider(named, Optional.empty(), Optional.empty()));
  }

  /// The one issuer whose claims the statement's conditions test.
  private static Optional<String> tested(NamedProvider named) {
    Set<String> prefixes =
        named.door().statement().conditions().stream()
            .map(Condition::key)
            .filter(key -> key.endsWith(":sub") || key.endsWith(":aud"))
            .map(key -> key.substring(0, key.lastIndexOf(':')))
            .collect(Collectors.toCollection(TreeSet::new));
    return Only.of(prefixes);
  }

  private static boolean isLive(String issuer, AuditContext context) {
    return context.index().standing(issuer) instanceof IssuerStanding.Live;
  }

  private static List<String> issuers(AuditContext context) {
    return context.inventory().clusters().stream()
        .flatMap(cluster -> cluster.issuer().stream())
        .toList();
  }

  Evidence evidence(AuditContext context) {
    Evidence evidence =
        named.evidence(
            "the account has no such provider"
                + meant
                    .flatMap(context.index()::clusterOf)
                    .map(cluster -> "; cluster " + cluster.name() + " was meant")
                    .orElse(""));
    Evidence claimed =
        meant.map(issuer -> evidence.withClaim("https://" + issuer)).orElse(evidence);
    return nearest(context).map(claimed::withNearest).orElse(claimed);
  }

  /// The provider of the cluster that was meant, or else the nearest one of the same region.
  Optional<String> nearest(AuditContext context) {
    return meant
        .or(() -> Successor.of(named, context).stream().map(Successor::issuer).findFirst())
        .or(() -> nearestOfRegion(context))
        .map(issuer -> OidcProvider.arn(context.inventory().account(), issuer));
  }

  private Optional<String> nearestOfRegion(AuditContext context) {
    Optional<String> host = EksIssuer.parse(named.url()).map(EksIssuer::host);
    List<String> urls =
        context.inventory().providers().stream()
            .map(OidcProvider::url)
            .filter(url -> EksIssuer.parse(url).map(EksIssuer::host).equals(host))
            .toList();
    return Nearest.of(named.url(), urls);
  }
}
