package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.rules.Rules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the audit says of everything on one way, step by step.
final class WayFindings {
  private final AuditContext context;
  private final FindingsByResource findings;
  private final Cluster cluster;
  private final String subject;
  private final Binding bound;

  WayFindings(
      AuditContext context,
      FindingsByResource findings,
      Cluster cluster,
      String subject,
      Binding bound) {
    this.context = context;
    this.findings = findings;
    this.cluster = cluster;
    this.subject = subject;
    this.bound = bound;
  }

  /// The step with what the audit says of it: broken by a finding, unknown by a check that could
  /// not be decided.
  Step overlaid(Step base) {
    return overlaid(base, _ -> true);
  }

  /// @param counts which findings of the step count
  Step overlaid(Step base, Predicate<Finding> counts) {
    Optional<Finding> finding = first(base.kind(), counts);
    if (finding.isPresent()) {
      return Rules.test(finding.get().rule(), rule -> rule.doubts().isPresent())
          ? new Step(base.kind(), Step.Status.UNKNOWN, finding.get().title(), base.trace(), finding)
          : Step.broken(base.kind(), finding.get().title(), finding).withTrace(base.trace());
    }
    return undecided(base.kind())
        .or(() -> notAsked(base.kind()))
        .filter(_ -> base.status() == Step.Status.OK)
        .map(reason -> Step.unknown(base.kind(), reason).withTrace(base.trace()))
        .orElse(base);
  }

  /// A step of which a rule was switched off is not known to be in order: nobody looked.
  private Optional<String> notAsked(ExplainStep kind) {
    return findings.switchedOff().stream()
        .filter(rule -> Rules.test(rule, known -> known.concerns(kind)))
        .filter(this::isAboutMechanism)
        .map(rule -> "not checked: " + rule + " was not asked")
        .findFirst();
  }

  /// The finding that breaks a step: one at the service account, else at what it passes through.
  Optional<Finding> first(ExplainStep kind, Predicate<Finding> counts) {
    return about(kind)
        .filter(finding -> Rules.test(finding.rule(), rule -> rule.concerns(kind)))
        .filter(finding -> !isHarmless(finding))
        .filter(counts)
        .findFirst();
  }

  /// A rule that grades what it found as low says that no pod goes without its role; a severity
  /// that the settings give says nothing of it.
  private boolean isHarmless(Finding finding) {
    Severity graded =
        context.settings().severities().containsKey(finding.rule())
            ? Rules.find(finding.rule())
                .map(rule -> rule.metadata().severity())
                .orElse(finding.severity())
            : finding.severity();
    return graded.compareTo(Severity.LOW) <= 0;
  }

  private Stream<Finding> about(ExplainStep kind) {
    return Stream.concat(
            findings.at(Subject.qualifiedName(subject)).stream()
                .filter(finding -> finding.cluster().equals(Optional.of(cluster.name())))
                .filter(finding -> finding.region().equals(cluster.region())),
            resources(kind).stream().flatMap(resource -> findings.at(resource).stream()))
        .filter(finding -> isAboutMechanism(finding.rule()));
  }

  /// A cluster's findings are about one of the mechanisms, or about both.
  private boolean isAboutMechanism(String rule) {
    return switch (category(rule)) {
      case PROVIDER -> bound.mechanism() == Mechanism.IRSA;
      case POD_IDENTITY -> bound.mechanism() == Mechanism.POD_IDENTITY;
      case BROKEN_TRUST, LOOSE_TRUST, ROLE, SERVICE_ACCOUNT, CLUSTER -> true;
    };
  }

  /// The finding of a rule at a resource.
  Optional<Finding> finding(String resource, String rule) {
    return findings.at(resource).stream()
        .filter(finding -> finding.rule().equals(rule))
        .findFirst();
  }

  private Optional<String> undecided(ExplainStep kind) {
    return Stream.concat(
            Stream.of(Resource.OfServiceAccount.key(cluster, Subject.qualifiedName(subject))),
            resources(kind).stream())
        .flatMap(resource -> findings.undecidedAt(resource).stream())
        .filter(entry -> Rules.test(entry.rule(), rule -> rule.concerns(kind)))
        .filter(entry -> isAboutMechanism(entry.rule()))
        .map(WayFindings::text)
        .findFirst();
  }

  private static String text(Assessment.NotJudged entry) {
    Set<Scope> missing = new TreeSet<>(entry.verdict().missing());
    return entry.rule()
        + " is undecided: "
        + (missing.isEmpty()
            ? entry.verdict().reason()
            : missing.stream().map(Scope::toString).toList() + " not completely read");
  }

  /// The findings at a resource, worst first.
  List<Finding> at(String resource) {
    return findings.at(resource);
  }

  /// What a step can be about.
  private Set<String> resources(ExplainStep kind) {
    Set<String> resources = new LinkedHashSet<>();
    bound.association().ifPresent(association -> resources.add(association.arn()));
    resources.add(bound.roleArn());
    switch (kind) {
      case PERMISSIONS -> bound.targetRole().ifPresent(resources::add);
      case USE -> {}
      case ENDPOINT -> {
        resources.add(cluster.arn());
        resources.addAll(nodeRoles());
      }
      case ISSUER, PROVIDER, AUDIENCE, BINDING, ROLE, TRUST, TARGET_ROLE, POD, SHADOWING -> {
        cluster
            .issuer()
            .flatMap(context.index()::providerFor)
            .ifPresent(found -> resources.add(found.arn()));
        resources.add(cluster.arn());
      }
    }
    return resources;
  }

  /// The roles that nodes of the cluster run with, as far as they were read.
  Set<String> nodeRoles() {
    Set<String> roles = new TreeSet<>();
    cluster.nodeRoleArn().ifPresent(roles::add);
    cluster.nodeGroups().stream().map(NodeGroup::nodeRole).forEach(roles::add);
    return roles;
  }

  static Category category(String rule) {
    return Rules.find(rule).map(known -> known.metadata().category()).orElse(Category.CLUSTER);
  }
}
