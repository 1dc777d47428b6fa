package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.Assessment.NotJudged;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.MuteContext;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Flags a mute in force that no finding matches.
public final class MuteUnused implements Rule.OnMute {
  private static final RuleMetadata METADATA =
      rule(
              "mute-unused",
              Severity.INFO,
              Impact.HYGIENE,
              Category.CLUSTER,
              "A mute matches no finding")
          .why(
              "What the mute was for is mended or gone, or its pattern never matched: patterns"
                  + " cover whole names. Judged from the list of mutes that the store of the audit"
                  + " keeps, so only where an audit is recorded in one, and only where every rule"
                  + " that it names could be judged. A mute of every account is judged while the"
                  + " store knows one account.")
          .risk(
              "The next finding that it happens to match is silenced, and nobody has decided that.")
          .remediation("Remove the mute, or correct its pattern.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .build();

  private final Set<String> catalogue;

  /// @param others ids of every other rule that a mute may name
  MuteUnused(Set<String> others) {
    Set<String> all = new TreeSet<>(others);
    all.add(METADATA.id());
    catalogue = Set.copyOf(all);
  }

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Mute mute, MuteContext context) {
    if (!mute.inForce(context.assessment().at())
        || !context.thisAccountAlone()
        || context.assessment().findings().stream().anyMatch(mute::matches)) {
      return Verdict.satisfied();
    }
    List<NotJudged> open =
        context.assessment().undecided().stream()
            .filter(entry -> Glob.matches(mute.rule(), entry.rule()))
            .toList();
    if (!open.isEmpty()) {
      Set<Scope> missing = new TreeSet<>();
      open.forEach(entry -> missing.addAll(entry.verdict().missing()));
      return new Verdict.Undecided(missing, "not every rule that it names could be judged");
    }
    if (catalogue.stream().anyMatch(rule -> isNamedAndNotAsked(rule, mute, context))) {
      return Verdict.undecided("not every rule that it names was asked");
    }
    return violated(mute);
  }

  private static boolean isNamedAndNotAsked(String rule, Mute mute, MuteContext context) {
    return Glob.matches(mute.rule(), rule) && !context.askedRules().contains(rule);
  }

  private static Verdict violated(Mute mute) {
    return Verdict.violated(
        METADATA.severity(),
        "Mute " + mute.id() + " matches no finding",
        List.of(MuteExpired.observed(mute)),
        Remediation.decide(
            "Decide with " + mute.owner() + " whether it is still needed.",
            "Remove it: eks-identity mute remove " + mute.id(),
            "If it never matched, see how findings name the resource: eks-identity findings"));
  }
}
