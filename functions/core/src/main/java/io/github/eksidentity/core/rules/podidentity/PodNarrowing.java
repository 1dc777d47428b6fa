package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.text.Only;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Narrows a trust policy down to the associations that exist. Narrowing to what was read would
/// shut out what was not, so it is proposed only where every cluster was read.
final class PodNarrowing {
  private final RoleTrust trust;
  private final AuditContext context;
  private final List<AssociationTrust> associations;

  private PodNarrowing(RoleTrust trust, AuditContext context, List<AssociationTrust> associations) {
    this.trust = trust;
    this.context = context;
    this.associations = associations;
  }

  static PodNarrowing of(RoleTrust trust, AuditContext context) {
    return new PodNarrowing(
        trust,
        context,
        context.index().associationsOf(trust.role().arn()).stream()
            .flatMap(one -> AssociationTrust.of(one, context).stream())
            .toList());
  }

  /// The one cluster whose associations name the role.
  Optional<Cluster> cluster() {
    List<Cluster> clusters =
        associations.stream().map(one -> one.subject().cluster()).distinct().toList();
    return Only.of(clusters);
  }

  /// Names cluster, namespace and service account in the statements.
  Remediation toPods(List<Statement> statements) {
    boolean untagged =
        associations.stream().anyMatch(one -> one.association().disableSessionTags());
    return narrowed(statements, untagged ? this::bySource : this::byTags);
  }

  /// Names the cluster in the statements.
  Remediation toClusters(List<Statement> statements) {
    return narrowed(statements, this::byCluster);
  }

  private TrustEdit byCluster(TrustEdit edit, int statement) {
    return set(edit, statement, "StringEquals", PodScope.CLUSTER_ARN, this::clusterArn);
  }

  private TrustEdit byTags(TrustEdit edit, int statement) {
    TrustEdit named =
        set(
            byCluster(edit, statement),
            statement,
            "StringEquals",
            PodScope.NAMESPACE,
            one -> one.association().namespace());
    return set(
        named,
        statement,
        "StringEquals",
        PodScope.SERVICE_ACCOUNT,
        one -> one.association().serviceAccount());
  }

  /// Without session tags the pod cannot be told, only its cluster.
  private TrustEdit bySource(TrustEdit edit, int statement) {
    return set(edit, statement, "ArnEquals", PodScope.SOURCE_ARN, this::clusterArn)
        .setCondition(
            statement, "StringEquals", PodScope.SOURCE_ACCOUNT, List.of(trust.role().account()));
  }

  private String clusterArn(AssociationTrust one) {
    return one.subject().cluster().arn();
  }

  private TrustEdit set(
      TrustEdit edit,
      int statement,
      String operator,
      String key,
      Function<AssociationTrust, String> value) {
    return edit.setCondition(
        statement, operator, key, associations.stream().map(value).distinct().sorted().toList());
  }

  private interface Narrowing {
    TrustEdit apply(TrustEdit edit, int statement);
  }

  private Remediation narrowed(List<Statement> statements, Narrowing narrowing) {
    if (associations.isEmpty() || !everyAssociationWasRead()) {
      return decide();
    }
    TrustEdit edit = TrustEdit.of(trust.role().trustDocument());
    for (Statement statement : statements) {
      edit = narrowing.apply(edit, statement.index());
    }
    return Associations.replace(
            associations.getFirst(),
            List.of(),
            edit.document(),
            "Admit the associations that exist and no others.",
            context)
        .orElseGet(this::decide);
  }

  private Remediation decide() {
    return associations.isEmpty()
        ? Remediation.decide(
            "Decide for which pods the role is meant; no association that was read names it.",
            "If for some, add to the statement: \"Condition\": {\"StringEquals\": {\""
                + PodScope.CLUSTER_ARN
                + "\": \"<cluster ARN>\", \""
                + PodScope.NAMESPACE
                + "\": \"<namespace>\", \""
                + PodScope.SERVICE_ACCOUNT
                + "\": \"<service account>\"}}",
            "If for none any more, remove the statement, or delete the role.")
        : Remediation.decide(
            "Decide for which pods the role is meant; not every cluster that may use it was read.",
            "Replace the statement by: " + String.join(", ", PodScope.statements(associations)));
  }

  private boolean everyAssociationWasRead() {
    return context.inventory().coverage().entrySet().stream()
        .filter(
            entry ->
                entry.getKey().kind() == Scope.Kind.REGIONS
                    || entry.getKey().kind() == Scope.Kind.EKS
                    || entry.getKey().kind() == Scope.Kind.ASSOCIATIONS)
        .map(Map.Entry::getValue)
        .allMatch(Coverage::isComplete);
  }
}
