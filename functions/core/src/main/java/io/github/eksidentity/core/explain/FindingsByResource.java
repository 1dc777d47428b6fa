package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.serviceaccount.PodWrongServiceAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The findings and the undecided checks of an assessment, by what they are about.
public final class FindingsByResource {
  private final Map<String, List<Finding>> byResource = new HashMap<>();
  private final Map<String, List<Assessment.NotJudged>> undecided = new HashMap<>();
  private final Set<String> switchedOff = new TreeSet<>();

  private FindingsByResource() {}

  /// Looks up what an assessment says.
  public static FindingsByResource of(Assessment assessment) {
    FindingsByResource findings = new FindingsByResource();
    for (Finding finding : assessment.findings()) {
      findings.add(finding.resource(), finding);
      // One association carries the finding of all that share its cause.
      finding.evidence().stream()
          .flatMap(evidence -> evidence.value().stream())
          .filter(value -> value.contains(":podidentityassociation/"))
          .filter(value -> !value.equals(finding.resource()))
          .distinct()
          .forEach(association -> findings.add(association, finding));
    }
    Rules.all().stream().map(Rule::id).forEach(findings.switchedOff::add);
    findings.switchedOff.removeAll(assessment.asked());
    assessment.notAsked().forEach(findings.switchedOff::remove);
    for (Assessment.NotJudged entry : assessment.undecided()) {
      findings.undecided.computeIfAbsent(entry.resource(), _ -> new ArrayList<>()).add(entry);
    }
    return findings;
  }

  private void add(String resource, Finding finding) {
    byResource.computeIfAbsent(resource, _ -> new ArrayList<>()).add(finding);
  }

  /// The findings at a resource, worst first.
  public List<Finding> at(String resource) {
    return byResource.getOrDefault(resource, List.of());
  }

  /// The first finding at a service account of a cluster that breaks a step.
  public Optional<Finding> ofServiceAccount(Cluster cluster, String subject, ExplainStep kind) {
    return at(Subject.qualifiedName(subject)).stream()
        .filter(finding -> Rules.test(finding.rule(), rule -> rule.concerns(kind)))
        .filter(finding -> finding.cluster().equals(Optional.of(cluster.name())))
        .filter(finding -> finding.region().equals(cluster.region()))
        .findFirst();
  }

  /// The finding about another service account of the namespace that the pods of this one were to
  /// run with.
  Optional<Finding> ofStrayPods(Cluster cluster, String subject) {
    String namespace = Subject.qualifiedName(subject).split("/", 2)[0] + "/";
    String name = Subject.qualifiedName(subject).substring(namespace.length());
    return byResource.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(namespace))
        .flatMap(entry -> entry.getValue().stream())
        .filter(finding -> finding.rule().equals(PodWrongServiceAccount.ID))
        .filter(finding -> finding.cluster().equals(Optional.of(cluster.name())))
        .filter(finding -> finding.region().equals(cluster.region()))
        .filter(
            finding ->
                finding.evidence().stream().anyMatch(one -> one.value().equals(Optional.of(name))))
        .min(Finding.ORDER);
  }

  /// The checks at a resource that could not be decided.
  public List<Assessment.NotJudged> undecidedAt(String resource) {
    return undecided.getOrDefault(resource, List.of());
  }

  /// The rules that the settings or the command line left out.
  Set<String> switchedOff() {
    return switchedOff;
  }

  /// Whether a finding has something to say of one of these statements, or of the document as a
  /// whole.
  public static boolean isOn(Finding finding, List<Integer> statements) {
    return finding.evidence().stream()
        .map(Evidence::statement)
        .anyMatch(index -> index.map(statements::contains).orElse(true));
  }
}
