package io.github.eksidentity.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.Samples;
import io.github.eksidentity.report.page.Columns;
import io.github.eksidentity.report.page.Plain;
import io.github.eksidentity.report.page.TextOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextReportTest {
  private static final TextOptions PLAIN = new TextOptions(100, false, false, Severity.INFO);

  @Test
  void aFindingSaysWhatIsWrongWhereAndWhatToDo() {
    String text = TextReport.render(Samples.complete(Samples.literalWildcard()), PLAIN);
    assertEquals(
        """
        Account 111122223333 (aws) at 2026-11-20 06:00 UTC
        1 finding: 1 critical. 412 checks on 1 cluster.
        Coverage: complete. All 4 scopes were read, every check was decided.

        cluster payments in eu-west-1 ──────────────────────────────────────────────────────────────────────

          role payments/ledger
            ■ CRITICAL  trust-wildcard-without-like
              Role ledger compares a wildcard literally, so that no pod can assume it
              - StringEquals takes the * as a plain character (statement 1, line 8)
                key      oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF:sub
                value    system:serviceaccount:payments:*
                                                        ^
                pod has  system:serviceaccount:payments:ledger
                                                        ^^^^^^
              pods see  AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity
              fix       Compare with StringLike.
                        > replace the trust policy of role ledger

        1 finding: 1 critical.
        """,
        text);
  }

  @Test
  void detailsShowTheWholeFixReadyToBeCopied() {
    String text =
        TextReport.render(
            Samples.complete(Samples.literalWildcard()),
            new TextOptions(100, false, true, Severity.INFO));
    assertTrue(text.contains("-        \"StringEquals\": {"), text);
    assertTrue(text.contains("+        \"StringLike\": {"), text);
    assertTrue(text.contains("aws iam update-assume-role-policy --role-name ledger"), text);
    assertTrue(text.contains("resource \"aws_iam_role\" \"ledger\" {"), text);
  }

  @Test
  void coverageThatIsNotCompleteStandsFirstInShortAndLastInDetail() {
    String text = TextReport.render(Samples.incomplete(Samples.literalWildcard()), PLAIN);
    int shortly = text.indexOf("!! INCOMPLETE COVERAGE: 2 of 6 scopes were not read to the end");
    int detail = text.indexOf("failed   clusters in eu-west-3");
    assertTrue(shortly > 0 && shortly < text.indexOf("CRITICAL"), text);
    assertTrue(detail > text.indexOf("CRITICAL"), text);
    assertTrue(text.contains("skipped  clusters in us-east-1"), text);
    assertTrue(text.contains("To read them, allow  eks:ListClusters"), text);
    assertTrue(text.contains("Undecided  trust-issuer-dead (1)"), text);
  }

  @Test
  void longListsAreShortened() {
    String text = TextReport.render(Samples.complete(Samples.wrongAudience()), PLAIN);
    assertTrue(text.contains("- and 3 more"), text);
  }

  @Test
  void worstClusterComesFirstAndTheDisplayFilterHidesButCounts() {
    String text =
        TextReport.render(
            Samples.complete(Samples.wrongAudience(), Samples.literalWildcard(), Samples.hostile()),
            new TextOptions(100, false, false, Severity.HIGH));
    assertTrue(text.indexOf("cluster payments") < text.indexOf("cluster orders"), text);
    assertTrue(text.contains("3 findings: 1 critical, 1 high, 1 low."), text);
    assertTrue(text.contains("1 of them below high not shown."), text);
    assertFalse(text.contains("trust-subject-malformed"), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 61, 80, 100, 133})
  void noLineIsWiderThanTheTerminal(int width) {
    String text =
        TextReport.render(
            Samples.incomplete(
                Samples.wrongAudience(), Samples.literalWildcard(), Samples.hostile()),
            new TextOptions(width, false, false, Severity.INFO));
    text.lines().forEach(line -> assertTrue(Columns.of(line) <= width, line));
  }

  @Test
  void namesFromOutsideCannotCommandTheTerminal() {
    String text =
        TextReport.render(
            Samples.complete(Samples.hostile()), new TextOptions(100, false, true, Severity.INFO));
    assertTrue(text.codePoints().allMatch(point -> point == '\n' || !Plain.hidden(point)), text);
    assertTrue(
        text.contains("pay\\u0007\\u001B[2J\\u009B31m\\u202Egnp.\\nx\\r\\u200B\\uD800"), text);
  }

  @Test
  void colourOnlyWhereItIsAskedFor() {
    assertFalse(
        TextReport.render(Samples.complete(Samples.literalWildcard()), PLAIN).contains("\u001b"));
    assertTrue(
        TextReport.render(
                Samples.complete(Samples.literalWildcard()),
                new TextOptions(100, true, false, Severity.INFO))
            .contains("\u001b[1;31m■ CRITICAL"));
  }
}
