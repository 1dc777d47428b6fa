package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Flags a Deny that shuts out everybody whom the Allow statements admit.
public final class TrustDenied implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-denied",
              Severity.HIGH,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "A Deny shuts out everybody whom the policy allows")
          .why(
              "An explicit Deny wins over every Allow. It was meant for some, and matches all:"
                  + " it has no condition, or a negated operator on a key that never comes or with"
                  + " a value that StringNotEquals takes literally. A Deny of some of those who are"
                  + " allowed is not reported.")
          .risk("No pod gets in through the provider, or none by Pod Identity.")
          .remediation("Remove the Deny, or make its conditions say whom it is for.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC, Need.EKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<PodStatement> shut = new ArrayList<>();
    Optional<String> unsettled = Optional.empty();
    for (PodStatement way : PodStatement.of(role, context)) {
      if (way.policy().statements(Effect.DENY).isEmpty() || isClosedAnyway(way)) {
        continue;
      }
      if (way.through().nobody()) {
        shut.add(way);
      } else if (unsettled.isEmpty()) {
        unsettled = way.throughEveryDeny().unsettled();
      }
    }
    List<Statement> ofPods = Denials.ofPodIdentity(context.index().trust(role));
    if (!shut.isEmpty() || !ofPods.isEmpty()) {
      return violated(role, shut, ofPods, context);
    }
    return unsettled.map(Verdict::undecided).orElseGet(Verdict::satisfied);
  }

  private static boolean isClosedAnyway(PodStatement way) {
    SubjectsByAudience alone = way.alone(way.statement());
    return alone.nobody() || alone.unsettled().isPresent();
  }

  private static Verdict violated(
      Role role, List<PodStatement> shut, List<Statement> ofPods, AuditContext context) {
    List<Evidence> evidence = new ArrayList<>();
    for (PodStatement way : shut) {
      Denials.of(way).forEach(denial -> evidence.addAll(evidence(denial, way)));
    }
    for (Statement denial : ofPods) {
      evidence.add(Evidence.in(denial, "this Deny matches every call of Pod Identity"));
    }
    return Verdict.violated(
            METADATA.severity(),
            "A Deny shuts every pod out of role " + role.name(),
            evidence.stream().distinct().toList(),
            fix(role, shut, ofPods, context).orElseGet(() -> decide(evidence.getFirst())))
        .withStsError(
            shut.isEmpty() ? StsError.NO_POD_IDENTITY_CREDENTIALS : StsError.NOT_AUTHORIZED)
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }

  private static List<Evidence> evidence(Statement denial, PodStatement way) {
    List<Evidence> vacuous =
        Denials.vacuous(denial, way)
            .map(
                condition -> {
                  Evidence evidence =
                      Evidence.in(
                              denial,
                              condition,
                              condition.operator().text()
                                  + " is true because the key never comes, so the Deny matches")
                          .withValue(Text.join(condition.values()));
                  return ClaimKeys.isSubjectOrAudience(condition)
                      ? evidence.withNearest(right(condition, way))
                      : evidence;
                })
            .toList();
    if (!vacuous.isEmpty()) {
      return vacuous;
    }
    List<Evidence> literal =
        literalWildcards(denial, way)
            .map(
                condition ->
                    Evidence.in(
                            denial,
                            condition,
                            condition.operator().text()
                                + " takes the wildcard as a letter, so the Deny matches")
                        .withValue(Text.join(condition.values())))
            .toList();
    return literal.isEmpty()
        ? List.of(
            way.alone(way.statement())
                .example()
                .map(Evidence.in(denial, "this Deny matches everybody who is allowed")::withClaim)
                .orElseGet(() -> Evidence.in(denial, "this Deny matches everybody")))
        : literal;
  }

  private static String right(Condition condition, PodStatement way) {
    return VacuousConditions.isSubject(condition) ? way.subjectKey() : way.audienceKey();
  }

  private static Stream<Condition> literalWildcards(Statement denial, PodStatement way) {
    return denial.conditions().stream()
        .filter(condition -> condition.key().equalsIgnoreCase(way.subjectKey()))
        .filter(condition -> condition.operator().comparison() == Comparison.STRING_NOT_EQUALS)
        .filter(condition -> condition.operator().text().equals("StringNotEquals"))
        .filter(
            condition -> condition.values().stream().map(Text::value).anyMatch(Glob::hasWildcard));
  }

  /// Evident where a key of the Deny is misspelt, or its wildcard was meant to count: then it says
  /// whom it spares. Whoever gets in is somebody whom an Allow names.
  private static Optional<Remediation> fix(
      Role role, List<PodStatement> shut, List<Statement> ofPods, AuditContext context) {
    if (!ofPods.isEmpty()) {
      return Optional.empty();
    }
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    Set<Statement> done = new LinkedHashSet<>();
    for (PodStatement way : shut) {
      for (Statement denial : Denials.of(way)) {
        if (done.add(denial)) {
          edit = corrected(edit, denial, way);
        }
      }
    }
    return ProvenFix.replace(
        role, edit.document(), "Make the Deny spare those whom it was meant to spare.", context);
  }

  private static TrustEdit corrected(TrustEdit edit, Statement denial, PodStatement way) {
    TrustEdit result = edit;
    for (Condition condition : Denials.vacuous(denial, way).toList()) {
      if (ClaimKeys.isSubjectOrAudience(condition)) {
        result = result.rename(condition.keyAt(), right(condition, way));
      }
    }
    for (Condition condition : literalWildcards(denial, way).toList()) {
      result =
          result
              .removeCondition(denial.index(), condition.keyAt())
              .setCondition(
                  denial.index(),
                  "StringNotLike",
                  condition.key(),
                  condition.values().stream().map(Text::value).toList());
    }
    return result;
  }

  private static Remediation decide(Evidence first) {
    String statement = first.statement().map(index -> "statement " + (index + 1)).orElse("it");
    return Remediation.decide(
        "Decide whom the Deny is to keep out; a role can also be shut on purpose.",
        "If nobody, remove " + statement + " from the trust policy",
        "If somebody, name them in it: \"StringEquals\": {\"<issuer>:sub\":"
            + " \"system:serviceaccount:<namespace>:<name>\"}");
  }
}
