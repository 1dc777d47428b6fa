package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import io.github.eksidentity.core.rules.shared.TrustMove;
import io.github.eksidentity.core.text.Only;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Puts the provider of the role's own account in place of a name that leads nowhere.
final class OwnProvider {
  /// How to see which providers there are.
  static final String LIST =
      "See which providers the account has: aws iam list-open-id-connect-providers";

  /// What the statement has to say.
  static final String STATEMENT =
      "Name it in the statement's Principal.Federated, with conditions on <issuer>:sub and"
          + " <issuer>:aud";

  private OwnProvider() {}

  /// A fix where each of the names stands for one issuer and each statement names its service
  /// accounts; empty where that is not so.
  ///
  /// @param right the issuer that was meant, without `https://`
  static Optional<Remediation> fix(
      List<NamedProvider> wrong,
      Function<NamedProvider, Optional<String>> right,
      String advice,
      AuditContext context) {
    Map<String, String> issuers = new TreeMap<>();
    for (NamedProvider named : wrong) {
      Optional<String> issuer = right.apply(named);
      if (issuer.isEmpty()) {
        return Optional.empty();
      }
      issuers.put(named.name(), issuer.get());
    }
    return TrustMove.fix(wrong.getFirst().trust(), issuers, advice, context);
  }

  /// The one cluster whose pods are concerned, empty where it is none or several.
  static Optional<Cluster> cluster(
      List<NamedProvider> wrong,
      Function<NamedProvider, Optional<String>> right,
      AuditContext context) {
    List<Cluster> clusters =
        wrong.stream()
            .flatMap(named -> right.apply(named).stream())
            .flatMap(issuer -> context.index().clusterOf(issuer).stream())
            .distinct()
            .toList();
    return Only.of(clusters);
  }
}
