package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.Resource;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The namespaces and clusters that a role serves by name.
///
/// @param namespaces of every cluster together; a namespace of the same name counts once
/// @param clusters ARNs, and issuers of known clusters of other accounts
record ServedPlaces(NavigableSet<String> namespaces, NavigableSet<String> clusters) {
  /// A policy that compares these tags of the session gives each pod its own part of the role.
  private static final Pattern SESSION_TAG =
      Pattern.compile(
          "aws:PrincipalTag/(kubernetes-namespace|kubernetes-service-account|eks-cluster-)",
          Pattern.CASE_INSENSITIVE);

  /// What a role serves by IRSA and by Pod Identity.
  ///
  /// @param counts which statements to count
  static ServedPlaces by(Role role, AuditContext context, Predicate<AdmittingStatement> counts) {
    ServedPlaces served = new ServedPlaces(new TreeSet<>(), new TreeSet<>());
    context.index().admitted(role).stream().filter(counts).forEach(served::add);
    boolean dividedByTags = dividedByTags(role, context);
    for (Resource.OfAssociation found : context.index().associationsOf(role.arn())) {
      if (!dividedByTags || found.association().disableSessionTags()) {
        served.namespaces.add(found.association().namespace());
        served.clusters.add(found.cluster().arn());
      }
    }
    return served;
  }

  private void add(AdmittingStatement admitted) {
    switch (admitted.door().standing()) {
      case IssuerStanding.Live(Cluster cluster) -> add(admitted, cluster.arn());
      case IssuerStanding.Known _ -> add(admitted, admitted.issuer());
      case IssuerStanding.DualStack _,
          IssuerStanding.Gone _,
          IssuerStanding.Foreign _,
          IssuerStanding.Malformed _ -> {}
    }
  }

  private void add(AdmittingStatement admitted, String cluster) {
    clusters.add(cluster);
    admitted.patterns().stream()
        .flatMap(pattern -> pattern.namespace().stream())
        .forEach(namespaces::add);
  }

  private static boolean dividedByTags(Role role, AuditContext context) {
    Stream<PolicyDocument> managed =
        role.attachedPolicies().stream()
            .map(arn -> context.inventory().managedPolicies().get(arn))
            .filter(Objects::nonNull);
    return Stream.concat(role.inlinePolicies().stream(), managed)
        .anyMatch(policy -> SESSION_TAG.matcher(policy.document()).find());
  }
}
