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
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a statement whose conditions hold for nobody, alone or together.
public final class TrustUnsatisfiable implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-unsatisfiable";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Conditions that no request can satisfy")
          .why(
              "All operators and keys of a statement must hold together. Two of them on one key"
                  + " with values that exclude one another, keys of two issuers, Null that wants a"
                  + " claim absent which always comes, or a variable without a value hold for"
                  + " nobody.")
          .risk(
              "No pod gets in by the statement. Medium where the role admits others through the"
                  + " same provider.")
          .remediation(
              "Say whom to admit by one operator, and give each provider a statement of its own.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC, Need.EKS)
          .yieldsTo("trust-provider-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    Verdict verdict =
        BrokenStatement.judge(
            role,
            context,
            StatementFault.Contradiction.class,
            broken -> violated(role, broken, context));
    return switch (verdict) {
      case Verdict.Satisfied satisfied ->
          TrustDiagnosis.of(role, context).ways().stream()
              .flatMap(each -> each.alone().unsettled().stream())
              .findFirst()
              .map(Verdict::undecided)
              .orElse(satisfied);
      case Verdict.Violated _, Verdict.Undecided _ -> verdict;
    };
  }

  private static Verdict violated(
      Role role, List<BrokenStatement<StatementFault.Contradiction>> broken, AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "Conditions of role " + role.name() + " hold for nobody",
        TrustUnsatisfiable::evidence,
        ProvenFix.fix(
                role,
                onceEach(broken),
                TrustUnsatisfiable::corrected,
                "Write the conditions so that they can hold together.",
                context)
            .orElseGet(() -> decide(broken.getFirst().way())));
  }

  /// A statement that names several providers is corrected once.
  private static List<BrokenStatement<StatementFault.Contradiction>> onceEach(
      List<BrokenStatement<StatementFault.Contradiction>> broken) {
    List<BrokenStatement<StatementFault.Contradiction>> once = new ArrayList<>();
    for (BrokenStatement<StatementFault.Contradiction> one : broken) {
      if (once.stream()
          .noneMatch(other -> other.way().statement().index() == one.way().statement().index())) {
        once.add(one);
      }
    }
    return once;
  }

  private static List<Evidence> evidence(BrokenStatement<StatementFault.Contradiction> one) {
    PodStatement way = one.way();
    return one.faults().stream()
        .flatMap(fault -> fault.conditions().stream())
        .map(
            condition ->
                Evidence.in(way.statement(), condition, summary(condition, way))
                    .withValue(Text.join(condition.values())))
        .toList();
  }

  private static String summary(Condition condition, PodStatement way) {
    String operator = condition.operator().text();
    Comparison comparison = condition.operator().comparison();
    if (ClaimKeys.isOfAnotherProvider(condition.key(), way)) {
      return "a token has one issuer, so this key never comes together with those of the other";
    }
    if (!way.under(List.of(condition)).nobody()) {
      return operator + " and the other conditions on this key exclude one another";
    }
    if (comparison == Comparison.NULL) {
      return "the condition wants a key absent that always comes";
    }
    return comparison.negated()
        ? operator + " shuts everybody out"
        : operator + " compares with a variable that has no value in the call of a pod";
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.Contradiction> one) {
    PodStatement way = one.way();
    List<Condition> conditions =
        one.faults().stream().flatMap(fault -> fault.conditions().stream()).toList();
    boolean ofSeveralProviders =
        conditions.stream()
            .allMatch(condition -> ClaimKeys.isOfAnotherProvider(condition.key(), way));
    if (ofSeveralProviders) {
      return split(edit, way);
    }
    TrustEdit result = edit;
    for (Condition condition : conditions) {
      Optional<TrustEdit> next = present(result, condition);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      result = next.get();
    }
    return Optional.of(ProvenFix.withAudience(result, way, way.statement()));
  }

  /// Null that wants a claim absent which always comes was meant to want it present.
  private static Optional<TrustEdit> present(TrustEdit edit, Condition condition) {
    return condition.operator().comparison() == Comparison.NULL && condition.values().size() == 1
        ? Optional.of(edit.replaceValue(condition.values().getFirst().at(), "false"))
        : Optional.empty();
  }

  /// A statement for each provider, with what is about its own tokens.
  private static Optional<TrustEdit> split(TrustEdit edit, PodStatement way) {
    List<String> providers =
        way.statement().principals().of(PrincipalKind.FEDERATED).stream()
            .map(principal -> principal.value())
            .toList();
    if (providers.size() != way.statement().principals().entries().size()) {
      return Optional.empty();
    }
    int first = way.statement().index();
    TrustEdit result = edit;
    for (String provider : providers.subList(1, providers.size())) {
      int copy = way.policy().statements().size() + providers.indexOf(provider) - 1;
      result = keep(result.copyStatement(first), copy, provider, way);
    }
    return Optional.of(keep(result, first, providers.getFirst(), way));
  }

  private static TrustEdit keep(TrustEdit edit, int statement, String provider, PodStatement way) {
    String issuer = provider.substring(provider.indexOf('/') + 1);
    TrustEdit result = edit.setPrincipals(statement, "Federated", List.of(provider));
    for (Condition condition : way.statement().conditions()) {
      boolean claim = ClaimKeys.isSubjectOrAudience(condition);
      if (claim
          && !condition
              .key()
              .toLowerCase(java.util.Locale.ROOT)
              .startsWith(issuer.toLowerCase(java.util.Locale.ROOT) + ":")) {
        result = result.removeCondition(statement, condition.keyAt());
      }
    }
    return result;
  }

  private static Remediation decide(PodStatement way) {
    return Remediation.decide(
        "Decide which of the conditions says whom to admit; together they admit nobody.",
        "Keep one: \"StringEquals\": {\""
            + way.subjectKey()
            + "\": \"system:serviceaccount:<namespace>:<name>\", \""
            + way.audienceKey()
            + "\": \"sts.amazonaws.com\"}",
        "For one or the other, list both values under one operator",
        "If nobody is to get in by the statement, remove it");
  }
}
