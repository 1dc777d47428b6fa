package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the URL of an OIDC provider has to do with EKS. IAM keeps it without `https://` and
/// compares it letter by letter with the issuer in a token.
public final class ProviderUrl {
  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern EKS_HOST =
      Pattern.compile("(?:oidc[.-]eks\\.[a-z0-9-]+|oidc\\.[a-z0-9-]+\\.eks)\\.(.+)");
  private static final Pattern ID = Pattern.compile("[0-9A-Z]{32}");
  private static final Set<String> SUFFIXES =
      Stream.concat(
              Arrays.stream(Partition.values()).map(Partition::dnsSuffix),
              Stream.of("api.aws", "api.amazonwebservices.com.cn"))
          .collect(Collectors.toUnmodifiableSet());

  private ProviderUrl() {}

  /// Whether the host is one of EKS, however badly the URL is written.
  public static boolean ofEks(String url) {
    Matcher matcher = EKS_HOST.matcher(host(url));
    return matcher.matches() && SUFFIXES.contains(matcher.group(1));
  }

  /// Whether the URL has the form of an issuer of EKS, whether or not a cluster has it.
  public static boolean wellFormed(String url) {
    return ofEks(url) && EksIssuer.parse(url).isPresent();
  }

  /// The cluster whose issuer was meant by a URL that is not it; empty where the URL is some
  /// cluster's issuer, or resembles none.
  public static Optional<Cluster> meant(String url, AuditContext context) {
    return switch (context.index().standing(url)) {
      case IssuerStanding.Live _, IssuerStanding.Known _ -> Optional.empty();
      case IssuerStanding.DualStack(Cluster cluster) -> Optional.of(cluster);
      case IssuerStanding.Gone _, IssuerStanding.Foreign _, IssuerStanding.Malformed _ ->
          id(url)
              .filter(id -> ofEks(url) || ID.matcher(id).matches())
              .flatMap(context.index()::clusterWithIssuerId);
    };
  }

  /// Whether the URL was meant to be an issuer of EKS and cannot be one.
  ///
  /// @param meant the cluster that [#meant] tells for it
  public static boolean malformed(String url, Optional<Cluster> meant, AuditContext context) {
    return switch (context.index().standing(url)) {
      case IssuerStanding.Live _, IssuerStanding.Known _, IssuerStanding.DualStack _ -> false;
      case IssuerStanding.Gone _, IssuerStanding.Foreign _, IssuerStanding.Malformed _ ->
          meant.isPresent() || (ofEks(url) && !wellFormed(url));
    };
  }

  /// What is wrong with a URL, as phrases that follow `it`.
  public static List<String> faults(String url, Optional<Cluster> meant) {
    String rest = EksIssuer.withoutScheme(url);
    String host = rest.replaceFirst("/.*", "");
    List<String> faults = new ArrayList<>();
    if (!rest.equals(url)) {
      faults.add("begins with a scheme, which IAM keeps as part of the host");
    }
    if (PORT.matcher(host).find()) {
      faults.add("names a port");
    }
    if (!host.equals(host.toLowerCase(Locale.ROOT))) {
      faults.add("has capitals in its host");
    }
    if (rest.endsWith("/")) {
      faults.add("ends in a slash");
    }
    if (!rest.contains("/id/")) {
      faults.add("lacks /id/ between host and id");
    }
    id(url)
        .filter(id -> !rest.contains(id))
        .ifPresent(_ -> faults.add("has small letters in its id"));
    meant
        .flatMap(Cluster::issuer)
        .filter(issuer -> !host(issuer).equals(host(url)))
        .ifPresent(_ -> faults.add("names another host than the cluster's issuer"));
    return faults.isEmpty() ? List.of("has not the form <host>/id/<id>") : faults;
  }

  /// The roles of the account that name exactly this provider under Federated, in order.
  public static List<RoleTrust> trusting(OidcProvider provider, AuditContext context) {
    return OidcProvider.issuerOf(provider.arn())
        .map(context.index()::trusting)
        .orElse(List.of())
        .stream()
        .filter(trust -> !doors(trust, provider).isEmpty())
        .sorted(java.util.Comparator.comparing(trust -> trust.role().arn()))
        .toList();
  }

  /// The ways by which a role lets this provider in.
  static List<TrustedProvider> doors(RoleTrust trust, OidcProvider provider) {
    return trust.webDoors().stream()
        .filter(door -> door.principal().value().equals(provider.arn()))
        .toList();
  }

  private static String host(String url) {
    String rest = EksIssuer.withoutScheme(url).toLowerCase(Locale.ROOT);
    return PORT.matcher(rest.replaceFirst("/.*", "")).replaceFirst("");
  }

  private static Optional<String> id(String url) {
    String path = EksIssuer.withoutScheme(url).replaceFirst("^[^/]*", "");
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .reduce((_, last) -> last)
        .map(segment -> segment.toUpperCase(Locale.ROOT));
  }
}
