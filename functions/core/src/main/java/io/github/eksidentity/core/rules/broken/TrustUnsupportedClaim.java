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
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Flags a condition on a key that never comes with the call of a pod.
public final class TrustUnsupportedClaim implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-unsupported-claim";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Condition on a claim that tokens or STS do not offer")
          .why(
              "Of a token of EKS, STS offers <issuer>:sub and <issuer>:aud to a trust policy, and"
                  + " no namespace, group or other claim. AssumeRoleWithWebIdentity is not signed,"
                  + " so nothing about a calling principal comes with it, and no external id. A"
                  + " condition on a key that does not come is false.")
          .risk(
              "No pod gets in by the statement. Medium where the role admits others through the"
                  + " same provider.")
          .remediation("Say it by <issuer>:sub, which has namespace and name in it.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
              "https://repost.aws/questions/QUTChOoSaUQwOalUw1rv17iA/iam-role-conditional-access-of-openid-provider-with-roles-set-claim-matching-does-not-work")
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
            StatementFault.UnsupportedKey.class,
            broken -> violated(role, broken, context));
    return switch (verdict) {
      case Verdict.Satisfied _ ->
          BrokenStatement.judge(
              role, context, StatementFault.UnknownKey.class, TrustUnsupportedClaim::unknown);
      case Verdict.Violated _, Verdict.Undecided _ -> verdict;
    };
  }

  private static Verdict unknown(List<BrokenStatement<StatementFault.UnknownKey>> broken) {
    return Verdict.undecided(
        "it is not known whether the key "
            + broken.getFirst().faults().getFirst().condition().key()
            + " comes with the call of a pod");
  }

  private static Verdict violated(
      Role role,
      List<BrokenStatement<StatementFault.UnsupportedKey>> broken,
      AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "Role " + role.name() + " demands a key that never comes",
        one -> one.faults().stream().map(fault -> evidence(one.way(), fault.condition())).toList(),
        ProvenFix.fix(
                role,
                broken,
                TrustUnsupportedClaim::corrected,
                "Remove the condition; the subject says the same.",
                context)
            .orElseGet(() -> decide(broken.getFirst())));
  }

  private static Evidence evidence(PodStatement way, Condition condition) {
    return Evidence.in(way.statement(), condition, summary(condition.key(), way))
        .withValue(Text.join(condition.values()))
        .withNearest(way.subjectKey());
  }

  private static String summary(String key, PodStatement way) {
    String folded = key.toLowerCase(Locale.ROOT);
    if (folded.startsWith(way.issuer().toLowerCase(Locale.ROOT) + ":")) {
      return "STS offers no such claim of a token of EKS";
    }
    if (folded.startsWith("aws:principal")) {
      return "the call is not signed, so nothing about a calling principal comes with it";
    }
    return "this key does not come with AssumeRoleWithWebIdentity";
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.UnsupportedKey> one) {
    PodStatement way = one.way();
    Set<List<String>> subjects = new HashSet<>();
    for (Condition condition : way.on(way.subjectKey())) {
      if (condition.operator().comparison() != Comparison.STRING_EQUALS) {
        return Optional.empty();
      }
      condition.values().stream()
          .map(Text::value)
          .filter(IntendedSubject::isExact)
          .forEach(subject -> subjects.add(List.of(subject.split(":"))));
    }
    TrustEdit result = edit;
    for (StatementFault.UnsupportedKey fault : one.faults()) {
      if (subjects.isEmpty() || !repeats(fault.condition(), subjects)) {
        return Optional.empty();
      }
      result = result.removeCondition(way.statement().index(), fault.condition().keyAt());
    }
    return Optional.of(ProvenFix.withAudience(result, way, way.statement()));
  }

  /// Whether the condition only says what every subject of the statement says anyway.
  private static boolean repeats(Condition condition, Set<List<String>> subjects) {
    String claim = condition.key().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    int part =
        claim.endsWith("namespace")
            ? 2
            : claim.endsWith("serviceaccount") || claim.endsWith("serviceaccountname") ? 3 : -1;
    Set<String> values = new HashSet<>();
    condition.values().forEach(value -> values.add(value.value()));
    return part > 0
        && condition.operator().comparison() == Comparison.STRING_EQUALS
        && subjects.stream().allMatch(subject -> values.contains(subject.get(part)));
  }

  private static Remediation decide(BrokenStatement<StatementFault.UnsupportedKey> one) {
    return Remediation.decide(
        "Decide what the condition is to protect from; it cannot be tested when a pod assumes the"
            + " role.",
        "If the subject says enough, remove the condition on "
            + one.faults().getFirst().condition().key(),
        "If it was meant to name the pods: \"StringEquals\": {\""
            + one.way().subjectKey()
            + "\": \"system:serviceaccount:<namespace>:<name>\"}",
        "If the statement is for callers with credentials of AWS, name them under \"AWS\" in a"
            + " statement of its own with sts:AssumeRole");
  }
}
