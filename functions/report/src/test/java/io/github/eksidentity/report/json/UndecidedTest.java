package io.github.eksidentity.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What could not be judged for lack of the same facts is one entry, and a comparison still knows
/// what it is about.
final class UndecidedTest {
  private static final Scope PODS = Scope.cluster(Scope.Kind.PODS, "eu-west-1", "prod");

  private static final Set<String> ASKED =
      Set.of("annotation-unused", "annotation-role-missing", "pod-not-injected", "role-unused");

  private static Assessment.NotJudged unread(String rule, String resource) {
    return new Assessment.NotJudged(
        rule, resource, new Verdict.Undecided(Set.of(PODS), "not completely read"));
  }

  private static String account(String cluster, int number) {
    return "arn:aws:eks:eu-west-1:%s:cluster/%s/serviceaccount/ns/sa-%d"
        .formatted(Samples.ACCOUNT, cluster, number);
  }

  private static SavedReport written(List<Assessment.NotJudged> entries) throws Exception {
    Assessment assessment = Samples.complete().withUndecided(entries).withAsked(ASKED);
    return SavedReport.read(
        JsonReport.render(assessment, List.of()).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean decides(SavedReport report, String rule, String key, String resource) {
    return report.decides(
        new SavedReport.SavedFinding(
            Finding.fingerprint(rule, Samples.ACCOUNT, key),
            rule,
            Severity.LOW,
            Optional.empty(),
            resource,
            "",
            "",
            Set.of()),
        report.sight());
  }

  @Test
  void thousandsOfServiceAccountsOfAnUnreadClusterAreOneEntryOfEachRule() throws Exception {
    List<Assessment.NotJudged> entries =
        Stream.of("annotation-unused", "pod-not-injected")
            .flatMap(
                rule -> IntStream.range(0, 5_000).mapToObj(i -> unread(rule, account("prod", i))))
            .toList();

    List<Undecided> grouped = Undecided.of(entries);

    assertEquals(List.of(5_000, 5_000), grouped.stream().map(Undecided::count).toList());
    assertEquals(1, grouped.getFirst().resources().size());
    SavedReport report = written(entries);
    assertFalse(decides(report, "annotation-unused", account("prod", 77), "ns/sa-77"));
    assertTrue(decides(report, "annotation-unused", account("other", 77), "ns/sa-77"));
    assertTrue(decides(report, "annotation-role-missing", account("prod", 77), "ns/sa-77"));
  }

  @Test
  void rolesThatWaitForTheSameScopeAreOneEntryThatNamesThem() throws Exception {
    List<Assessment.NotJudged> entries =
        IntStream.range(0, 300)
            .mapToObj(i -> unread("role-unused", Samples.role("r" + i)))
            .toList();

    assertEquals(List.of(300), Undecided.of(entries).stream().map(Undecided::count).toList());
    SavedReport report = written(entries);
    assertFalse(decides(report, "role-unused", Samples.role("r7"), Samples.role("r7")));
    assertTrue(decides(report, "role-unused", Samples.role("q"), Samples.role("q")));
  }

  @Test
  void whatAResourcesOwnFactsLeaveOpenStandsAlone() throws Exception {
    Verdict.Undecided own = new Verdict.Undecided(Set.of(), "the role is of another account");
    List<Assessment.NotJudged> entries =
        List.of(
            new Assessment.NotJudged("annotation-role-missing", account("prod", 1), own),
            new Assessment.NotJudged("annotation-role-missing", account("prod", 2), own));

    assertEquals(
        List.of(List.of(account("prod", 1)), List.of(account("prod", 2))),
        Undecided.of(entries).stream().map(Undecided::resources).toList());
    assertFalse(
        decides(written(entries), "annotation-role-missing", account("prod", 1), "ns/sa-1"));
  }
}
