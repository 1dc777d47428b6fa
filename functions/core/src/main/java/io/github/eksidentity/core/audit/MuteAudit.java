package io.github.eksidentity.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Asks the rules about mutes, which need to know what the other rules found.
final class MuteAudit {
  private final Assessment assessment;
  private final Settings settings;
  private final Set<String> asked;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Assessment.NotJudged> undecided = new ArrayList<>();
  private final Set<String> resources = new TreeSet<>();
  private int checks;

  /// @param asked ids of the rules that were asked, or switched off for good
  MuteAudit(Assessment assessment, Settings settings, Set<String> asked) {
    this.assessment = assessment;
    this.settings = settings;
    this.asked = asked;
  }

  /// The assessment with what the rules say of the mutes.
  Assessment with(List<Rule.OnMute> rules, MuteList mutes) {
    String account = assessment.account().id();
    for (Mute mute : mutes.lookedAtWith(account)) {
      MuteContext context =
          new MuteContext(assessment, asked, mutes.isAboutThisAlone(mute, account));
      rules.forEach(rule -> judge(rule, mute, context));
    }
    List<Finding> all = new ArrayList<>(assessment.findings());
    all.addAll(findings);
    all.sort(Finding.ORDER);
    List<Assessment.NotJudged> unknown = new ArrayList<>(assessment.undecided());
    unknown.addAll(undecided);
    resources.addAll(assessment.seen().resources());
    return assessment.with(
        judged ->
            judged
                .findings(all)
                .undecided(unknown)
                .checks(assessment.checks() + checks)
                .seen(
                    new Assessment.Seen(
                        resources, assessment.seen().regions(), assessment.seen().clusters())));
  }

  private void judge(Rule.OnMute rule, Mute mute, MuteContext context) {
    checks++;
    resources.add(mute.id());
    switch (rule.evaluate(mute, context)) {
      case Verdict.Satisfied() -> {}
      case Verdict.Undecided open ->
          undecided.add(new Assessment.NotJudged(rule.id(), mute.id(), open));
      case Verdict.Violated violated -> findings.add(finding(rule, mute, violated));
    }
  }

  private Finding finding(Rule rule, Mute mute, Verdict.Violated violated) {
    String account = assessment.account().id();
    return new Finding(
        Finding.fingerprint(rule.id(), account, mute.id()),
        rule.id(),
        settings.severities().getOrDefault(rule.id(), violated.severity()),
        account,
        Finding.GLOBAL,
        Optional.empty(),
        mute.id(),
        Optional.empty(),
        violated.title(),
        violated.evidence(),
        violated.stsError(),
        violated.remediation(),
        Set.of());
  }
}
