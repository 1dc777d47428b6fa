package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.MuteContext;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;

/// Flags a mute that has ended.
public final class MuteExpired implements Rule.OnMute {
  private static final RuleMetadata METADATA =
      rule(
              "mute-expired",
              Severity.INFO,
              Impact.HYGIENE,
              Category.CLUSTER,
              "A mute has ended and is still in the list")
          .why(
              "A mute holds until the end of its last day, UTC. Judged from the list of mutes that"
                  + " the store of the audit keeps, so only where an audit is recorded in one; a"
                  + " mute of every account is looked at with the first account of the store.")
          .risk("What it covered is alerted again, and the list says something that does not hold.")
          .remediation(
              "Remove the mute, or mute again with a new date and a reason that still holds.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Mute mute, MuteContext context) {
    if (mute.inForce(context.assessment().at())) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        METADATA.severity(),
        "Mute " + mute.id() + " ended on " + mute.until(),
        List.of(observed(mute)),
        Remediation.decide(
            "Decide with " + mute.owner() + " whether the findings may stay any longer.",
            "Remove it: eks-identity mute remove " + mute.id(),
            "State it again with a later date: eks-identity mute add, with the same rule, resource"
                + " and account"));
  }

  /// What a mute is about, for the two rules about mutes.
  static Evidence observed(Mute mute) {
    return Evidence.of(
            "rule %s at %s, for %s: %s"
                .formatted(mute.rule(), mute.resource(), mute.owner(), mute.reason()))
        .withKey("until")
        .withValue(mute.until().toString());
  }
}
