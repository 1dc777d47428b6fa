package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import java.util.List;
import java.util.Optional;

/// An EKS provider as one Allow statement of a role names it under Federated.
///
/// @param url what stands behind the type of resource: the issuer, if the name is right
/// @param meant the cluster whose issuer was meant by a URL that is not it
public record NamedProvider(
    RoleTrust trust, TrustedProvider door, Arn arn, String url, Optional<Cluster> meant) {
  /// What is wrong with the name by itself. A name with several faults has the first of them, so
  /// that one rule speaks; correcting it corrects the others.
  public enum Fault {
    /// No provider of EKS can have this name.
    MALFORMED,
    /// It is of another partition than the role.
    OTHER_PARTITION,
    /// It is of another account than the role.
    OTHER_ACCOUNT
  }

  /// Every EKS provider that a role names, in the order of its trust; none where IAM would refuse
  /// the document.
  public static List<NamedProvider> of(Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    return trust.webDoors().stream()
        .flatMap(door -> of(trust, door, context).stream())
        .filter(named -> named.ofEks(context))
        .toList();
  }

  private static Optional<NamedProvider> of(
      RoleTrust trust, TrustedProvider door, AuditContext context) {
    return Arn.parse(door.principal().value())
        .map(
            arn -> {
              String resource = arn.resource();
              String url = resource.substring(resource.indexOf('/') + 1);
              Optional<Cluster> meant = ProviderUrl.meant(url, context);
              return new NamedProvider(trust, door, arn, url, meant);
            });
  }

  /// The form alone makes nobody's issuer one of EKS.
  private boolean ofEks(AuditContext context) {
    return switch (context.index().standing(url)) {
      case IssuerStanding.Live _, IssuerStanding.Known _ -> true;
      case IssuerStanding.DualStack _,
          IssuerStanding.Gone _,
          IssuerStanding.Foreign _,
          IssuerStanding.Malformed _ ->
          meant.isPresent() || ProviderUrl.ofEks(url);
    };
  }

  /// What is wrong with the name by itself, empty where it can be a provider of the role's account.
  public Optional<Fault> fault(AuditContext context) {
    Account account = context.inventory().account();
    if (!isOidc() || ProviderUrl.malformed(url, meant, context)) {
      return Optional.of(Fault.MALFORMED);
    }
    if (!arn.partition().equals(account.partition().id())) {
      return Optional.of(Fault.OTHER_PARTITION);
    }
    return arn.account().equals(account.id()) ? Optional.empty() : Optional.of(Fault.OTHER_ACCOUNT);
  }

  /// Whether it is named as an OIDC provider.
  public boolean isOidc() {
    return arn.resource().startsWith(OidcProvider.RESOURCE);
  }

  /// The provider as the policy names it.
  public String name() {
    return door.principal().value();
  }

  /// The issuer whose tokens the statement can admit once it names the provider of the role's own
  /// account: that of a cluster of the account, or one that the settings call known.
  public Optional<String> issuer(AuditContext context) {
    return switch (context.index().standing(url)) {
      case IssuerStanding.Live _, IssuerStanding.Known _ -> Optional.of(url);
      case IssuerStanding.DualStack(Cluster cluster) -> cluster.issuer();
      case IssuerStanding.Gone _, IssuerStanding.Foreign _, IssuerStanding.Malformed _ ->
          meant.flatMap(Cluster::issuer);
    };
  }

  /// An observation about the name, where it stands.
  public Evidence evidence(String summary) {
    return Evidence.in(door.statement(), summary)
        .withKey("Principal.Federated")
        .withValue(name())
        .withAt(door.principal().at());
  }
}
