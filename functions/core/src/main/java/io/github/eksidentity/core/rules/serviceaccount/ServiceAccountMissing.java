package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.text.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Flags a role that is held for a service account that does not exist.
public final class ServiceAccountMissing implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "service-account-missing";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.SERVICE_ACCOUNT,
              "A trust policy or an association names a service account that does not exist")
          .why(
              "The service account was removed or renamed and the role stayed, its name is"
                  + " misspelt, or an operator is yet to make it. Pods that still run with a"
                  + " deleted service account cannot renew their tokens.")
          .risk(
              "Whoever may create a service account of that name in the namespace becomes the"
                  + " role.")
          .remediation(
              "Make the service account, or take its name out of the trust policy and delete the"
                  + " association.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html")
          .breaks(ExplainStep.BINDING)
          .needs(Need.IAM, Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.PODS, Need.EKS, Need.ASSOCIATIONS)
          .yieldsTo("annotation-trust-denies")
          .build();

  /// A service account that a role is held for and that its cluster does not have.
  ///
  /// @param nearest the one that may have been meant
  private record Missing(
      Cluster cluster, String subject, String by, Optional<Resource.OfServiceAccount> nearest) {
    static Missing of(Cluster cluster, String subject, String by, AuditContext context) {
      ClusterIndex there = context.index().in(cluster);
      return new Missing(
          cluster,
          subject,
          by,
          there
              .serviceAccountNear(Nearest.TYPING_ERRORS, subject)
              .or(() -> elsewhere(cluster, subject, there)));
    }

    Evidence evidence(boolean running) {
      Evidence evidence =
          Evidence.of(
                  "cluster %s has no service account %s%s"
                      .formatted(
                          cluster.name(), name(), running ? ", and pods still run with it" : ""))
              .withKey(by)
              .withValue(subject);
      return nearest
          .map(meant -> evidence.withNearest(meant.serviceAccount().subject()))
          .orElse(evidence);
    }

    /// The one service account of the same name in another namespace that pods run with.
    private static Optional<Resource.OfServiceAccount> elsewhere(
        Cluster cluster, String subject, ClusterIndex there) {
      String named = subject.substring(subject.lastIndexOf(':') + 1);
      List<String> found =
          cluster.kubernetes().serviceAccounts().stream()
              .filter(account -> account.name().equals(named) && !named.equals("default"))
              .map(ServiceAccount::subject)
              .filter(account -> !there.runningPods(account).isEmpty())
              .toList();
      return found.size() == 1 ? there.serviceAccount(found.getFirst()) : Optional.empty();
    }

    String name() {
      return Subject.qualifiedName(subject);
    }
  }

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<Missing> missing = missing(role, context);
    if (missing.isEmpty()) {
      return Verdict.satisfied();
    }
    boolean running = missing.stream().anyMatch(one -> isRunning(one, context));
    Verdict.Violated violated =
        Verdict.violated(
            running ? Severity.HIGH : METADATA.severity(),
            "Role %s is held for service account %s, which does not exist"
                .formatted(role.name(), missing.getFirst().name()),
            missing.stream().map(one -> one.evidence(isRunning(one, context))).toList(),
            Remediation.decide(
                "Decide whether the service account is yet to come; operators make some of them"
                    + " only when they are needed.",
                "Create it: kubectl create serviceaccount --namespace <namespace> <name>",
                "Take its name out of the trust policy, or delete the association."));
    Optional<Resource.OfServiceAccount> meant =
        missing.getFirst().nearest().filter(_ -> missing.size() == 1);
    if (meant.isPresent()) {
      violated = violated.withConcern(meant.get().key(), missing.getFirst().evidence(running));
    }
    Set<Cluster> clusters = new LinkedHashSet<>();
    missing.forEach(one -> clusters.add(one.cluster()));
    return clusters.size() == 1
        ? violated.withCluster(clusters.iterator().next())
        : violated.withCluster(Optional.empty());
  }

  private static List<Missing> missing(Role role, AuditContext context) {
    Set<Missing> found = new LinkedHashSet<>();
    for (AdmittingStatement admitted : context.index().admitted(role)) {
      Optional<Cluster> cluster = context.index().clusterOf(admitted.issuer());
      if (cluster.isPresent() && admitted.subjects() instanceof SubjectSet.Finite(var subjects)) {
        subjects.stream()
            .filter(subject -> isMissing(cluster.get(), subject, context))
            .forEach(
                subject ->
                    found.add(Missing.of(cluster.get(), subject, admitted.subjectKey(), context)));
      }
    }
    context.index().associationsOf(role.arn()).stream()
        .filter(one -> isMissing(one.cluster(), one.association().subject(), context))
        .forEach(
            one ->
                found.add(
                    Missing.of(
                        one.cluster(),
                        one.association().subject(),
                        "association " + one.association().id(),
                        context)));
    return List.copyOf(found);
  }

  private static boolean isMissing(Cluster cluster, String subject, AuditContext context) {
    return context.index().in(cluster).serviceAccount(subject).isEmpty();
  }

  private static boolean isRunning(Missing one, AuditContext context) {
    ClusterIndex there = context.index().in(one.cluster());
    return !there.runningPods(one.subject()).isEmpty();
  }
}
