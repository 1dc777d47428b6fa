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
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.loose.TrustPartialWildcard;
import java.util.List;
import java.util.Optional;

/// Flags a wildcard in a subject or audience under an operator that takes it literally.
public final class TrustWildcardWithoutLike implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-wildcard-without-like",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Wildcard under StringEquals is taken literally")
          .why(
              "StringEquals compares letter by letter, so * and ? stand for themselves, and no"
                  + " namespace, service account or audience has such a letter. Wildcards count"
                  + " under StringLike only.")
          .risk(
              "The value lets nobody in. High where the role admits others through the same"
                  + " provider. A value whose pods get in by another one is not reported.")
          .remediation(
              "List the service accounts by their full names. StringLike would make the wildcard"
                  + " count, and admit everything that fits it, of which there may be more than"
                  + " meant.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html")
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
        StatementFault.LiteralWildcard.class,
        broken -> violated(role, broken, context));
  }

  private static Verdict violated(
      Role role,
      List<BrokenStatement<StatementFault.LiteralWildcard>> broken,
      AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "A wildcard in the trust of role " + role.name() + " is taken literally",
        one -> one.faults().stream().map(fault -> evidence(one.way(), fault)).toList(),
        ProvenFix.fix(
                role,
                broken,
                TrustWildcardWithoutLike::corrected,
                "Write what the wildcard stands for in full.",
                context)
            .orElseGet(() -> decide(broken.getFirst())));
  }

  private static Evidence evidence(PodStatement way, StatementFault.LiteralWildcard fault) {
    Condition condition = fault.condition();
    Evidence evidence =
        Evidence.in(
            way.statement(),
            condition,
            fault.value(),
            condition.operator().text() + " takes the wildcard as a letter");
    return example(way, fault).map(evidence::withClaim).orElse(evidence);
  }

  /// Something that a token can carry and that the wildcard was to cover.
  private static Optional<String> example(PodStatement way, StatementFault.LiteralWildcard fault) {
    return isAudience(fault, way)
        ? Optional.of(PodRequests.DEFAULT_AUDIENCE)
        : way.under(List.of(fault.condition().like(List.of(fault.value())))).example();
  }

  private static boolean isAudience(StatementFault.LiteralWildcard fault, PodStatement way) {
    return fault.condition().key().equalsIgnoreCase(way.audienceKey());
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.LiteralWildcard> one) {
    TrustEdit result = edit;
    for (StatementFault.LiteralWildcard fault : one.faults()) {
      Optional<List<String>> full = inFull(fault, one.way());
      if (full.isEmpty()) {
        return Optional.empty();
      }
      Condition condition = fault.condition();
      result =
          result.setCondition(
              one.way().statement().index(),
              condition.operator().text(),
              condition.key(),
              full.get());
    }
    return Optional.of(
        ProvenFix.withAudience(result, one.way(), MeantStatement.of(one.way(), List.of())));
  }

  /// What stands for a condition's values where the wildcard's meaning is known: the audience of
  /// EKS, or the service accounts of the EFS CSI driver.
  private static Optional<List<String>> inFull(
      StatementFault.LiteralWildcard fault, PodStatement way) {
    List<String> values = fault.condition().values().stream().map(Text::value).toList();
    if (isAudience(fault, way)) {
      return Glob.matches(fault.value().value(), PodRequests.DEFAULT_AUDIENCE)
          ? Optional.of(List.of(PodRequests.DEFAULT_AUDIENCE))
          : Optional.empty();
    }
    return values.equals(List.of(TrustPartialWildcard.EFS))
        ? Optional.of(TrustPartialWildcard.EFS_ACCOUNTS)
        : Optional.empty();
  }

  private static Remediation decide(BrokenStatement<StatementFault.LiteralWildcard> one) {
    StatementFault.LiteralWildcard fault = one.faults().getFirst();
    String key = fault.condition().key();
    return Remediation.decide(
        "Decide which service accounts the wildcard is to stand for.",
        "List them: \"StringEquals\": {\""
            + key
            + "\": [\"system:serviceaccount:<namespace>:<name>\", …]}",
        "If everything that fits is to get in, now and later: \"StringLike\": {\""
            + key
            + "\": \""
            + fault.value().value()
            + "\"}"
            + example(one.way(), fault)
                .map(subject -> "; that admits " + subject + " too")
                .orElse(""));
  }
}
