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
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Flags a subject under the key of the audience, or an audience under that of the subject.
public final class TrustClaimsSwapped implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-claims-swapped",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Subject and audience are swapped")
          .why(
              "The key <issuer>:sub is the service account,"
                  + " system:serviceaccount:<namespace>:<name>, and <issuer>:aud is whom the token"
                  + " is for, sts.amazonaws.com. The value of one stands under the key of the"
                  + " other.")
          .risk(
              "No pod gets in by the statement. High where the role admits others through the same"
                  + " provider.")
          .remediation("Put each value under its own key.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif")
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
    return BrokenStatement.judge(
        role,
        context,
        StatementFault.SwappedClaim.class,
        broken -> violated(role, broken, context));
  }

  private static Verdict violated(
      Role role, List<BrokenStatement<StatementFault.SwappedClaim>> broken, AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "Subject and audience are swapped in the trust of role " + role.name(),
        one -> one.faults().stream().map(fault -> evidence(one.way(), fault)).toList(),
        ProvenFix.fix(
                role,
                broken,
                TrustClaimsSwapped::corrected,
                "Put subject and audience under their own keys.",
                context)
            .orElseGet(() -> decide(broken.getFirst().way())));
  }

  private static Evidence evidence(PodStatement way, StatementFault.SwappedClaim fault) {
    boolean audience = isAudience(fault.condition(), way);
    Evidence evidence =
        Evidence.in(
            way.statement(),
            fault.condition(),
            fault.value(),
            audience
                ? "the key is that of the audience, the value is a subject"
                : "the key is that of the subject, the value is an audience");
    return evidence
        .withClaim(
            audience ? PodRequests.DEFAULT_AUDIENCE : "system:serviceaccount:<namespace>:<name>")
        .withNearest(audience ? way.subjectKey() : way.audienceKey());
  }

  private static boolean isAudience(Condition condition, PodStatement way) {
    return condition.key().equalsIgnoreCase(way.audienceKey());
  }

  /// Evident where plain conditions name exact subjects, and the same ones if they do so twice.
  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.SwappedClaim> one) {
    PodStatement way = one.way();
    List<Condition> both =
        Stream.concat(way.on(way.subjectKey()).stream(), way.on(way.audienceKey()).stream())
            .toList();
    List<String> moved = subjects(way.on(way.audienceKey()));
    List<String> there = subjects(way.on(way.subjectKey()));
    List<String> subjects = there.isEmpty() ? moved : there;
    boolean evident =
        both.stream().allMatch(TrustClaimsSwapped::isPlain)
            && !subjects.isEmpty()
            && subjects.stream().allMatch(IntendedSubject::isExact)
            && subjects.containsAll(moved)
            && way.audiences().size() == 1;
    if (!evident) {
      return Optional.empty();
    }
    int statement = way.statement().index();
    TrustEdit result = edit;
    for (Condition condition : both) {
      result = result.removeCondition(statement, condition.keyAt());
    }
    return Optional.of(
        result
            .setCondition(statement, "StringEquals", way.subjectKey(), subjects)
            .setCondition(statement, "StringEquals", way.audienceKey(), way.audiences()));
  }

  private static boolean isPlain(Condition condition) {
    Comparison comparison = condition.operator().comparison();
    return (comparison == Comparison.STRING_EQUALS || comparison == Comparison.STRING_LIKE)
        && !condition.operator().trueWhenAbsent();
  }

  private static List<String> subjects(List<Condition> conditions) {
    return conditions.stream()
        .flatMap(condition -> condition.values().stream())
        .map(Text::value)
        .filter(IntendedSubject::isMeant)
        .distinct()
        .toList();
  }

  private static Remediation decide(PodStatement way) {
    return Remediation.decide(
        "Decide which service account the statement is for and which audience its tokens carry.",
        "Write both under their own keys: \"StringEquals\": {\""
            + way.subjectKey()
            + "\": \"system:serviceaccount:<namespace>:<name>\", \""
            + way.audienceKey()
            + "\": \"sts.amazonaws.com\"}");
  }
}
