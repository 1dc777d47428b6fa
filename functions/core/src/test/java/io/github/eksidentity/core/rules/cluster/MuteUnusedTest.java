package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.rules.cluster.MuteExpiredTest.mute;
import static io.github.eksidentity.core.rules.cluster.MuteExpiredTest.openRole;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MuteUnusedTest extends RuleContract {
  private static final String LONG = "2027-05-31";

  MuteUnusedTest() {
    super(Rules.find("mute-unused").orElseThrow());
  }

  @Override
  public Stream<Example> examples() {
    Mute gone = mute("trust-no-condition", "*:role/gone", LONG);
    Mute partOfAName = mute("trust-no-condition", "debug", LONG);
    return Stream.of(
        flags("a mute of a role that is gone")
            .in(openRole())
            .muting(gone)
            .at(gone.id())
            .alsoFinding("trust-no-condition")
            .saying("matches no finding")
            .saying("goes in May"),
        flags("a mute whose pattern is only a part of the name")
            .in(openRole())
            .muting(partOfAName)
            .at(partOfAName.id())
            .alsoFinding("trust-no-condition"),
        accepts("a mute that matches a finding")
            .in(openRole())
            .muting(mute("trust-*", "*:role/debug", LONG))
            .alsoFinding("trust-no-condition"),
        accepts("a mute that has ended, which another rule flags")
            .muting(mute("trust-no-condition", "*", "2026-11-19"))
            .alsoFinding("mute-expired"),
        undecided("a mute of a rule that could not be judged")
            .in(
                TestAccount.account()
                    .coverage(
                        Scope.account(Scope.Kind.IAM),
                        new Coverage.Failed("access denied", Optional.empty())))
            .muting(gone)
            .at(gone.id()));
  }

  @Test
  void aMuteOfEveryAccountIsJudgedWithTheOnlyOneAndLookedAtWithTheFirst() {
    Mute everywhere = mute("trust-no-condition", "*:role/gone", LONG);
    Mute ended = mute("trust-no-condition", "*:role/gone", "2026-11-01");

    assertEquals(List.of("mute-unused"), audited(everywhere, Set.of(TestAccount.ID)));
    assertEquals(
        List.of(), audited(everywhere, Set.of(TestAccount.ID, "999988887777")), "not alone");
    assertEquals(List.of("mute-expired"), audited(ended, Set.of(TestAccount.ID, "999988887777")));
    assertEquals(
        List.of(), audited(ended, Set.of("000011112222", TestAccount.ID)), "not the first");
  }

  @Test
  void aMuteOfAnotherAccountIsNotLookedAt() {
    Mute other =
        Mute.of("*", "*", Optional.of("999988887777"), "o", "r", LocalDate.parse("2026-11-01"));

    assertEquals(List.of(), audited(other, Set.of()));
  }

  @Test
  void aRuleThatIsNotAskedLeavesItUndecided() {
    Mute gone = mute("role-unused", "*:role/gone", LONG);
    Assessment assessment =
        new Auditor(List.of(Rules.find("mute-unused").orElseThrow()))
            .audit(
                AuditContext.of(TestAccount.account().build(), Settings.DEFAULTS, TestAccount.NOW),
                new MuteList(List.of(gone), Set.of()));

    assertEquals(List.of(), assessment.findings());
    assertEquals(gone.id(), assessment.undecided().getFirst().resource());
  }

  private static List<String> audited(Mute mute, Set<String> accounts) {
    return new Auditor(Rules.all())
            .audit(
                AuditContext.of(TestAccount.account().build(), Settings.DEFAULTS, TestAccount.NOW),
                new MuteList(List.of(mute), accounts))
            .findings()
            .stream()
            .map(Finding::rule)
            .toList();
  }
}
