package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Cluster;

/// What is known of an issuer that a provider or a trust policy names.
public sealed interface IssuerStanding {
  /// Tokens of this cluster of the account carry it, letter by letter.
  record Live(Cluster cluster) implements IssuerStanding {}

  /// Its dual-stack host is not in the tokens of the cluster, whose issuer has the same id.
  record DualStack(Cluster cluster) implements IssuerStanding {}

  /// Well formed, in a region whose clusters belong to this account or might, but no cluster that
  /// was read has it.
  record Gone() implements IssuerStanding {}

  /// Well formed, of a region that is not enabled in this account: a cluster of another account.
  record Foreign() implements IssuerStanding {}

  /// Listed as known in the settings.
  record Known() implements IssuerStanding {}

  /// Not an issuer that EKS could have: a misspelt one, perhaps of a cluster.
  record Malformed() implements IssuerStanding {}
}
