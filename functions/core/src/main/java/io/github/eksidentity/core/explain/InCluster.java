package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.rules.podidentity.AgentPods;
import io.github.eksidentity.core.rules.podidentity.AssociationNodeRoleLacksEksAuth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is known of the service accounts of a cluster, and how well.
public final class InCluster {
  private final Cluster cluster;
  private final AuditContext context;
  private final ClusterIndex index;
  private final long agents;
  private final Optional<Role> doubtfulNodeRole;

  /// What an inventory has of a cluster.
  InCluster(Cluster cluster, AuditContext context) {
    this.cluster = cluster;
    this.context = context;
    this.index = context.index().in(cluster);
    this.agents = podsUnread().isEmpty() ? AgentPods.of(cluster, context).working() : 0;
    this.doubtfulNodeRole = AssociationNodeRoleLacksEksAuth.doubtfulNodeRole(cluster, context);
  }

  /// On how many nodes an agent of Pod Identity works that no add-on brought; 0 where the pods were
  /// not read to the end.
  long agents() {
    return agents;
  }

  /// The role that nodes outside node groups may run with and that may not let the agent ask for
  /// credentials; empty where nothing speaks for one.
  Optional<Role> doubtfulNodeRole() {
    return doubtfulNodeRole;
  }

  /// Why the cluster's service accounts are not all known; empty where they are.
  public Optional<String> serviceAccountsUnread() {
    return unread(Scope.Kind.SERVICE_ACCOUNTS, "service accounts");
  }

  /// Why the cluster's pods are not all known; empty where they are.
  public Optional<String> podsUnread() {
    return unread(Scope.Kind.PODS, "pods");
  }

  /// Why the cluster's associations are not all known; empty where they are.
  Optional<String> associationsUnread() {
    return unread(Scope.Kind.ASSOCIATIONS, "associations");
  }

  private Optional<String> unread(Scope.Kind kind, String what) {
    Coverage read =
        context.inventory().coverageOf(Scope.cluster(kind, cluster.region(), cluster.name()));
    return switch (read) {
      case Coverage.Complete() -> Optional.empty();
      case Coverage.Skipped(String reason) ->
          Optional.of("the " + what + " of cluster " + cluster.name() + " are unknown: " + reason);
      case Coverage.Partial(String reason, _) -> Optional.of(incomplete(what, reason));
      case Coverage.Failed(String reason, _) -> Optional.of(incomplete(what, reason));
    };
  }

  private String incomplete(String what, String reason) {
    return "the "
        + what
        + " of cluster "
        + cluster.name()
        + " could not be read to the end: "
        + reason;
  }

  /// Whether the cluster has the service account; true where that is not known.
  boolean exists(String subject) {
    return serviceAccountsUnread().isPresent() || index.serviceAccount(subject).isPresent();
  }

  /// The pods of a service account whose containers run.
  List<Pod> runningPods(String subject) {
    return index.runningPods(subject);
  }

  /// What binds a subject; the one that wins comes first.
  public List<Binding> bindings(String subject) {
    return index.bindings(subject);
  }

  /// The subjects that something binds.
  public List<String> boundSubjects() {
    return Stream.concat(
            cluster.associations().stream().map(Association::subject),
            index.serviceAccounts().stream()
                .map(found -> found.serviceAccount())
                .filter(account -> account.annotation(AwsAnnotations.ROLE_ARN).isPresent())
                .map(account -> account.subject()))
        .distinct()
        .toList();
  }

  /// The subjects of the cluster, as far as they are known, for finding the one that was meant.
  public List<String> subjects() {
    return Stream.concat(
            boundSubjects().stream(),
            index.serviceAccounts().stream().map(found -> found.serviceAccount().subject()))
        .distinct()
        .toList();
  }

  /// The pods of the cluster, as far as they are known.
  public List<Pod> pods() {
    return cluster.kubernetes().pods();
  }
}
