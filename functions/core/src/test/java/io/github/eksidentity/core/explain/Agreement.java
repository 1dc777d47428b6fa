package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.podidentity.PermissionsNeedSessionTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Holds what explain says of every service account of an account against what the audit says of
/// the same. What is on a way is told here apart from the code under test.
public final class Agreement {
  private final AuditContext context;
  private final Assessment assessment;

  private Agreement(AuditContext context, Assessment assessment) {
    this.context = context;
    this.assessment = assessment;
  }

  /// One sentence for each way of which the two say different things.
  public static List<String> faults(AuditContext context, Assessment assessment) {
    Agreement agreement = new Agreement(context, assessment);
    Explainer explainer = new Explainer(context, assessment);
    List<String> faults = new ArrayList<>();
    for (Cluster cluster : context.inventory().clusters()) {
      for (String subject : explainer.in(cluster).subjects()) {
        Explanation explanation = explainer.explain(cluster, subject, Optional.empty());
        agreement.faults(explanation).forEach(faults::add);
      }
    }
    return faults;
  }

  private Stream<String> faults(Explanation explanation) {
    List<Finding> breaking =
        onWay(explanation).filter(finding -> breaks(finding, explanation)).toList();
    String way =
        Subject.qualifiedName(explanation.subject()) + " of " + explanation.cluster().name();
    return switch (explanation.verdict()) {
      case WORKS ->
          Stream.concat(
              breaking.stream().map(one -> way + " works, although " + one.rule() + " is violated"),
              doubts(explanation).map(rule -> way + " works, although " + rule + " is undecided"));
      case BROKEN, UNBOUND ->
          explanation
              .cause()
              .filter(cause -> !assessment.findings().contains(cause))
              .filter(_ -> !breaking.isEmpty())
              .map(
                  cause ->
                      way
                          + ": cause "
                          + cause.rule()
                          + ", and the audit has "
                          + breaking.stream().map(Finding::rule).toList())
              .stream();
      case UNKNOWN ->
          explanation.steps().stream().anyMatch(step -> step.status() == Step.Status.UNKNOWN)
              ? Stream.empty()
              : Stream.of(way + " is unknown, and no step says why");
    };
  }

  private Stream<Finding> onWay(Explanation explanation) {
    Set<String> ids = resources(explanation);
    Cluster cluster = explanation.cluster();
    return assessment.findings().stream()
        .filter(
            finding ->
                ids.contains(finding.resource())
                    || finding.evidence().stream()
                        .anyMatch(
                            one ->
                                one.value()
                                    .filter(value -> value.contains(":podidentityassociation/"))
                                    .filter(ids::contains)
                                    .isPresent())
                    || (finding.resource().equals(Subject.qualifiedName(explanation.subject()))
                        && finding.cluster().equals(Optional.of(cluster.name()))
                        && finding.region().equals(cluster.region())));
  }

  private Set<String> resources(Explanation explanation) {
    Cluster cluster = explanation.cluster();
    Set<String> ids = new TreeSet<>();
    ids.add(cluster.arn());
    if (explanation.mechanism().equals(Optional.of(Mechanism.IRSA))) {
      context.inventory().providers().stream()
          .filter(provider -> cluster.issuer().equals(Optional.of(provider.url())))
          .forEach(provider -> ids.add(provider.arn()));
    }
    cluster.associations().stream()
        .filter(one -> one.subject().equals(explanation.subject()))
        .forEach(one -> ids.add(one.arn()));
    explanation.role().ifPresent(ids::add);
    return ids;
  }

  private boolean breaks(Finding finding, Explanation explanation) {
    return concerns(finding.rule(), explanation)
        && (!finding.rule().equals(PermissionsNeedSessionTags.ID) || isWithoutTags(explanation))
        && finding.severity().compareTo(Severity.LOW) > 0
        && Rules.test(finding.rule(), rule -> rule.impact() == Impact.OUTAGE);
  }

  private static boolean isWithoutTags(Explanation explanation) {
    return explanation.cluster().associations().stream()
        .filter(one -> one.subject().equals(explanation.subject()))
        .noneMatch(Association::carriesTags);
  }

  private static boolean concerns(String rule, Explanation explanation) {
    Optional<RuleMetadata> known = Rules.find(rule).map(Rule::metadata);
    boolean step =
        known.filter(one -> one.breaks().isPresent() || one.doubts().isPresent()).isPresent();
    Category category = known.map(RuleMetadata::category).orElse(Category.CLUSTER);
    return step
        && switch (category) {
          case PROVIDER -> explanation.mechanism().equals(Optional.of(Mechanism.IRSA));
          case POD_IDENTITY -> explanation.mechanism().equals(Optional.of(Mechanism.POD_IDENTITY));
          case BROKEN_TRUST, LOOSE_TRUST, ROLE, SERVICE_ACCOUNT, CLUSTER -> true;
        };
  }

  /// That there is a provider for exactly the issuer of the cluster is a fact, whatever else could
  /// not be asked of it; when a role was last used decides nothing.
  private static boolean isSettledOtherwise(RuleMetadata rule) {
    return rule.concerns(ExplainStep.PROVIDER) || rule.concerns(ExplainStep.USE);
  }

  private Stream<String> doubts(Explanation explanation) {
    Set<String> keys = resources(explanation);
    keys.add(
        explanation.cluster().arn()
            + "/serviceaccount/"
            + Subject.qualifiedName(explanation.subject()));
    return assessment.undecided().stream()
        .filter(entry -> keys.contains(entry.resource()))
        .filter(entry -> concerns(entry.rule(), explanation))
        .filter(entry -> !Rules.test(entry.rule(), Agreement::isSettledOtherwise))
        .map(Assessment.NotJudged::rule);
  }
}
