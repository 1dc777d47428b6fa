package io.github.eksidentity.core.facts;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A part of an account that is read as a whole and whose coverage is known.
///
/// @param kind what is read
/// @param region present for everything of EKS and of CloudTrail
/// @param cluster name of the cluster, present for what belongs to one
public record Scope(Kind kind, Optional<String> region, Optional<String> cluster)
    implements Comparable<Scope> {
  private static final Comparator<Scope> ORDER =
      Comparator.comparing(Scope::kind)
          .thenComparing(scope -> scope.region().orElse(""))
          .thenComparing(scope -> scope.cluster().orElse(""));

  /// What a scope holds.
  public enum Kind {
    /// Roles and their trust policies.
    IAM("iam"),
    /// What the roles' inline and managed policies say.
    IAM_POLICIES("iam-policies"),
    /// When each role was last used.
    IAM_USAGE("iam-usage"),
    /// What IAM's policy simulator says of what some roles may do.
    SIMULATIONS("simulations"),
    /// IAM OIDC providers.
    OIDC("oidc"),
    /// The list of enabled regions.
    REGIONS("regions"),
    /// The clusters of one region.
    EKS("eks"),
    /// Pod Identity associations of one cluster.
    ASSOCIATIONS("associations"),
    /// Add-ons of one cluster.
    ADDONS("addons"),
    /// Managed node groups of one cluster.
    NODE_GROUPS("nodegroups"),
    /// Service accounts of one cluster.
    SERVICE_ACCOUNTS("serviceaccounts"),
    /// Pods of one cluster.
    PODS("pods"),
    /// Mutating webhook configurations of one cluster.
    WEBHOOKS("webhooks"),
    /// Roles, cluster roles and their bindings of one cluster.
    RBAC("rbac"),
    /// What CloudTrail recorded of calls to STS in one region.
    TRAIL("trail");

    /// What a cluster's Kubernetes API tells.
    public static final List<Kind> OF_KUBERNETES = List.of(SERVICE_ACCOUNTS, PODS, WEBHOOKS, RBAC);

    private final String id;

    Kind(String id) {
      this.id = id;
    }

    /// Whether it is read only where the user asks for it. A rule that needs it is not asked where
    /// nobody tried to read it.
    public boolean onRequest() {
      return this == TRAIL || OF_KUBERNETES.contains(this);
    }

    /// The first part of a scope's text form.
    public String id() {
      return id;
    }
  }

  /// A scope of the whole account.
  public static Scope account(Kind kind) {
    return new Scope(kind, Optional.empty(), Optional.empty());
  }

  /// The clusters of a region.
  public static Scope region(String region) {
    return new Scope(Kind.EKS, Optional.of(region), Optional.empty());
  }

  /// What CloudTrail recorded in a region.
  public static Scope trail(String region) {
    return new Scope(Kind.TRAIL, Optional.of(region), Optional.empty());
  }

  /// A scope of one cluster.
  public static Scope cluster(Kind kind, String region, String cluster) {
    return new Scope(kind, Optional.of(region), Optional.of(cluster));
  }

  /// The scope that [#toString()] gives this text for.
  public static Optional<Scope> parse(String text) {
    String[] parts = text.split("/", 3);
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.id.equals(parts[0]))
        .findFirst()
        .map(
            kind ->
                new Scope(
                    kind,
                    parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
                    parts.length > 2 ? Optional.of(parts[2]) : Optional.empty()));
  }

  @Override
  public int compareTo(Scope other) {
    return ORDER.compare(this, other);
  }

  /// For example `iam`, `eks/eu-west-1`, `associations/eu-west-1/payments`.
  @Override
  public String toString() {
    return kind.id
        + region.map(name -> "/" + name).orElse("")
        + cluster.map(name -> "/" + name).orElse("");
  }
}
