package io.github.eksidentity.core.policy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The evaluator against verdicts that it had no part in.
final class ConformanceTest {
  /// Cases that the documentation does not settle, as the corpus counts them.
  private static final int LEFT_OPEN = 10;

  @Test
  void decidesEveryDocumentedCase() {
    List<Corpus.Case> cases = Corpus.trustPolicies();
    assertEquals(
        List.of(),
        cases.stream().filter(Corpus.Case::documented).flatMap(ConformanceTest::wrong).toList());
    assertEquals(937, cases.size());
  }

  @Test
  void contradictsNoVerdictWhereTheDocumentationIsSilent() {
    List<Corpus.Case> silent =
        Corpus.trustPolicies().stream().filter(example -> !example.documented()).toList();
    assertTrue(silent.size() >= LEFT_OPEN);
    assertEquals(
        List.of(),
        silent.stream()
            .flatMap(ConformanceTest::wrong)
            .filter(line -> !line.endsWith("unknown"))
            .toList());
  }

  @Test
  void leavesContestedCasesUnknown() {
    assertEquals(
        List.of(),
        Corpus.contested().stream()
            .filter(
                example ->
                    example.actions().stream()
                        .allMatch(action -> !example.decision(action).equals("unknown")))
            .map(Corpus.Case::id)
            .toList());
  }

  @Test
  void theInverseAgreesWithTheVerdicts() {
    int decided = 0;
    for (Corpus.Case example : Corpus.trustPolicies()) {
      if (!example.text("mechanism").equals("irsa") || example.usesTheClock()) {
        continue;
      }
      SubjectSet admitted = Admission.of(example.policy(), example.door());
      if (!(admitted instanceof SubjectSet.Undetermined)) {
        assertEquals(
            example.text("expected").equals("allow"),
            Admission.contains(admitted, example.text("subject")),
            () -> example.id() + ": " + admitted);
        decided++;
      }
    }
    assertTrue(decided > 650, "cases that are decided: " + decided);
  }

  @Test
  void refusesWhatIamRefusesAndNothingElse() {
    assertEquals(
        List.of(),
        Corpus.invalid().stream()
            .filter(
                example ->
                    TrustPolicyParser.parse(
                                example.text("document"), TrustPolicyParser.DEFAULT_SIZE_LIMIT)
                            .accepted()
                        == example.text("severity").equals("rejected-by-iam"))
            .map(example -> example.id() + " " + example.text("problem"))
            .toList());
  }

  /// Where a case is decided otherwise than expected.
  private static Stream<String> wrong(Corpus.Case example) {
    return example.actions().stream()
        .filter(action -> !example.decision(action).equals(example.expected(action)))
        .map(
            action ->
                "%s %s: expected %s, was %s"
                    .formatted(
                        example.id(), action, example.expected(action), example.decision(action)));
  }
}
