package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.RunRecorder.Result;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/// Findings that are longer than an item may be, and names of every kind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SizeTest {
  private final LocalTable local = LocalTable.embedded();

  @AfterAll
  void stop() {
    local.close();
  }

  private FindingStore store(TestInfo test) {
    String table = test.getTestMethod().orElseThrow().getName();
    local.create(table);
    return new TableStore(local.client(), table);
  }

  /// Text that cannot be compressed to less than about three quarters.
  private static String noise(int length) {
    return new Random(length)
        .ints(length, '!', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Finding with(Finding old, List<Evidence> evidence, Remediation remediation) {
    return Edit.of(Finding.class)
        .with("evidence", evidence)
        .with("remediation", remediation)
        .apply(old);
  }

  @Test
  void aLongFindingIsKeptWhole(TestInfo test) {
    FindingStore store = store(test);
    Finding longOne =
        with(
            Days.role(1),
            IntStream.range(0, 5_000)
                .mapToObj(i -> Evidence.of("Pod " + i + " uses the role").withValue("pod-" + i))
                .toList(),
            Remediation.decide("Decide.", noise(100_000)));

    Days.record(store, Day.of(1).finds(longOne));

    assertEquals(longOne, Days.states(store).getFirst().finding());
    assertEquals(longOne, store.history(longOne.id()).getFirst().after().finding());
  }

  @Test
  void aFindingThatIsTooLongLosesItsDocumentsFirst(TestInfo test) {
    FindingStore store = store(test);
    List<Evidence> evidence = List.of(Evidence.of("it is so").withValue("value"));
    Finding huge = with(Days.role(1), evidence, Remediation.decide("Decide.", noise(900_000)));

    Days.record(store, Day.of(1).finds(huge));
    Result.Recorded again =
        assertInstanceOf(Result.Recorded.class, Days.record(store, Day.of(2).finds(huge)));
    Result.Recorded resolved =
        assertInstanceOf(Result.Recorded.class, Days.record(store, Day.of(3)));

    FindingState state = Days.states(store).getFirst();
    assertEquals(evidence, state.finding().evidence());
    assertEquals("Decide.", state.finding().remediation().advice());
    assertEquals(List.of(), again.transitions(), "what was cut is no change");
    assertEquals(1, resolved.transitions().size());
    assertEquals(
        List.of("opened", "resolved"),
        store.history(huge.id()).stream().map(Transition::kind).map(kind -> kind.id()).toList());
  }

  @Test
  void aFindingOfEndlessEvidenceKeepsItsFirstObservations(TestInfo test) {
    FindingStore store = store(test);
    List<Evidence> evidence =
        IntStream.range(0, 2_000).mapToObj(i -> Evidence.of(i + " " + noise(700 + i))).toList();
    Finding huge = with(Days.role(1), evidence, Remediation.decide("Decide."));

    Days.record(store, Day.of(1).finds(huge));
    Days.record(store, Day.of(2).finds(with(huge, evidence.reversed(), huge.remediation())));
    Days.record(store, Day.of(3));

    FindingState state = Days.states(store).getFirst();
    assertFalse(state.finding().evidence().isEmpty());
    assertTrue(state.finding().evidence().size() < 100);
    assertTrue(state.resolvedAt().isPresent());
  }

  @Test
  void edgesThatAreTooManyAreLeftOutAndCounted(TestInfo test) {
    FindingStore store = store(test);
    Edge[] many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Day.associated("eu-west-1", "shop", noise(700 + i)))
            .toArray(Edge[]::new);

    Days.record(store, Day.of(1).edges(many));
    Result.Recorded second =
        assertInstanceOf(Result.Recorded.class, Days.record(store, Day.of(2).edges(many[0])));
    Result.Recorded third =
        assertInstanceOf(Result.Recorded.class, Days.record(store, Day.of(3).edges(many)));
    Days.record(store, Day.of(4));

    assertEquals(1_000, ScopeEdges.changes(store.scopes(Day.of(1).runId())).leftOut());
    assertEquals(List.of(), ScopeEdges.changes(second.scopes()).added());
    ScopeEdges added = ScopeEdges.changes(third.scopes());
    assertTrue(added.leftOut() > 1_000, () -> added.leftOut() + " left out");
    assertEquals(1_999, added.leftOut() + added.added().size());
  }

  @Test
  void namesThatNoServiceGivesAreKeptApart(TestInfo test) {
    FindingStore store = store(test);
    Finding half =
        Day.finding(
            Day.ROLE_RULE,
            Days.role(1).severity(),
            "half \ud83d of a pair",
            Optional.of("eu-west-1"),
            Optional.of("a#b"),
            Days.role(1).scopes());
    Finding endless =
        Day.finding(
            Day.ROLE_RULE,
            Days.role(1).severity(),
            "r".repeat(5_000),
            Optional.of("eu-west-1"),
            Optional.of("c".repeat(3_000)),
            Days.role(1).scopes());

    Days.record(store, Day.of(1).finds(half, endless));

    assertEquals(
        List.of(endless, half),
        Days.states(store).stream()
            .map(FindingState::finding)
            .sorted(java.util.Comparator.comparing(finding -> -finding.resource().length()))
            .toList());
  }
}
