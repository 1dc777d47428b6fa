package io.github.eksidentity.core.access;

import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Truth;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A way from service accounts of a cluster to a role.
///
/// @param place whose service accounts
/// @param source what the role's trust sees of the cluster, whether or not the cluster was read:
/// the issuer of its tokens for IRSA; its ARN, or a pattern of ARNs, for Pod Identity and where the
/// cluster has no issuer
/// @param subject `system:serviceaccount:<namespace>:<name>`; where nothing binds a single one, the
/// pattern by which the role's trust lets them in
/// @param except patterns of subjects that are kept out of it, mostly none
/// @param role ARN of the role that the binding or the trust belongs to; an annotation may hold any
/// text
/// @param targetRole ARN of the role that EKS assumes after it
/// @param declared whether an annotation or an association binds the service account to the role;
/// unknown where the service accounts of the cluster were not completely read
/// @param admitted whether the role's trust and the account's providers let it in
/// @param rights what the last role of the way can do at a glance
/// @param scopes what must have been read completely to know that there is no such edge
@RecordBuilder
public record Edge(
    Place place,
    String source,
    String subject,
    List<String> except,
    Mechanism mechanism,
    String role,
    Optional<String> targetRole,
    Truth declared,
    Truth admitted,
    Status status,
    Rights rights,
    Set<Scope> scopes)
    implements EdgeBuilder.With {
  /// Clusters that were read come first; then by cluster, service account, mechanism and role, so
  /// that output is the same from run to run.
  public static final Comparator<Edge> ORDER =
      Comparator.comparing((Edge edge) -> edge.place().region().isEmpty())
          .thenComparing(edge -> edge.place().name())
          .thenComparing(edge -> edge.place().region().orElse(""))
          .thenComparing(Edge::subject)
          .thenComparing(Edge::mechanism)
          .thenComparing(Edge::role)
          .thenComparing(edge -> edge.targetRole().orElse(""));

  /// Where service accounts are.
  ///
  /// @param name the cluster's name; the issuer where no cluster of the account has it; `*` or an
  /// ARN with wildcards where a trust lets in associations of more than one cluster
  /// @param region of a cluster that was read
  public record Place(String name, Optional<String> region) {}

  /// What an edge comes to.
  public enum Status {
    /// Its pods get credentials, as far as the facts tell.
    WORKS,
    /// Its pods get none.
    BROKEN,
    /// It works, and the trust lets in others than anybody meant.
    LOOSE,
    /// It is not known whether it works.
    UNKNOWN;

    /// The status as output writes it: lower case.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What makes it the same edge in another run, also in one that could not read the cluster and so
  /// does not know its name.
  public record Key(
      String source,
      String subject,
      Mechanism mechanism,
      String role,
      Optional<String> targetRole) {}

  public Edge {
    except = List.copyOf(except);
    scopes = Set.copyOf(scopes);
  }

  /// What makes it the same edge in another run.
  public Key key() {
    return new Key(source, subject, mechanism, role, targetRole);
  }

  /// The service account as `namespace/name`, wildcards of a pattern included.
  public String serviceAccount() {
    return Subject.qualifiedName(subject);
  }

  /// Whether it is about a pattern and no single service account.
  public boolean isPattern() {
    return Glob.hasWildcard(subject);
  }

  /// Whether a service account may go this way.
  public boolean covers(String other) {
    return Glob.matches(subject, other)
        && except.stream().noneMatch(pattern -> Glob.matches(pattern, other));
  }
}
