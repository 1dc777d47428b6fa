package io.github.eksidentity.core.drift;

import static io.github.eksidentity.core.drift.Day.associated;
import static io.github.eksidentity.core.drift.Day.onRole;
import static io.github.eksidentity.core.drift.Day.trusted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a run changes in who can become what.
final class EdgeLedgerTest {
  private static final Scope IAM = Scope.account(Scope.Kind.IAM);
  private static final Scope OIDC = Scope.account(Scope.Kind.OIDC);
  private static final Scope SHOP = Scope.cluster(Scope.Kind.ASSOCIATIONS, "eu-west-1", "shop");
  private static final Edge CART = associated("eu-west-1", "shop", "cart");
  private static final Edge STOCK = associated("eu-west-1", "shop", "stock");
  private static final Edge GUEST = trusted("oidc.eks.eu-west-1.amazonaws.com/id/A", "guest");

  private final List<FindingState> findings = new ArrayList<>();
  private List<ScopeRecord> before = List.of();
  private RunScope scope = RunScope.ALL;

  /// Runs the days one after another and says what the last one changes.
  private List<String> run(Day... days) {
    List<String> changes = List.of();
    for (Day day : days) {
      changes = next(day);
    }
    return changes;
  }

  private List<String> next(Day day) {
    Lifecycle lifecycle =
        new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, Set.of(Day.ROLE_RULE));
    RunOutcome outcome =
        lifecycle.apply(
            PriorState.of(findings, before),
            day.observed(),
            List.of(),
            Settings.DEFAULTS,
            Run.begun(day.request(scope), List.of()));
    before = outcome.scopes();
    outcome.updates().forEach(update -> findings.add(update.after()));
    ScopeEdges changes = ScopeEdges.changes(before);
    List<String> said = new ArrayList<>();
    changes.added().forEach(edge -> said.add("+ " + edge.serviceAccount()));
    changes.removed().forEach(edge -> said.add("- " + edge.serviceAccount()));
    return said;
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>();
    before.stream()
        .flatMap(record -> record.edges().stream())
        .flatMap(edges -> edges.known().stream())
        .forEach(edge -> known.add(edge.serviceAccount()));
    return known;
  }

  private static Day day(int number, Edge... edges) {
    return Day.of(number).edges(edges);
  }

  @Test
  void theFirstRunIsABaseline() {
    assertEquals(List.of(), run(day(1, CART, GUEST)));
    assertEquals(Set.of("payments/cart", "payments/guest"), known());
  }

  @Test
  void whatCameAndWentIsToldOnce() {
    assertEquals(List.of("+ payments/stock", "- payments/cart"), run(day(1, CART), day(2, STOCK)));
    assertEquals(List.of(), run(day(3, STOCK)));
    assertEquals(List.of("- payments/stock"), run(day(4)));
    assertEquals(List.of("+ payments/stock"), run(day(5, STOCK)));
  }

  @Test
  void aFailedReadTakesNothingAway() {
    run(day(1, CART, GUEST));

    assertEquals(List.of(), run(day(2, GUEST).fails(SHOP)));
    assertEquals(List.of(), run(day(3, CART).fails(IAM)));
    assertEquals(List.of(), run(day(4).losesRegion("eu-west-1").fails(OIDC)));
    assertEquals(Set.of("payments/cart", "payments/guest"), known());
    assertEquals(List.of("- payments/guest"), run(day(5, CART)));
  }

  @Test
  void whatCameWhileNobodyCouldLookIsToldWhenSomebodyCan() {
    assertEquals(
        List.of("+ payments/stock"), run(day(1, CART), day(2).fails(SHOP), day(3, CART, STOCK)));
  }

  @Test
  void whatMayBeThereForWantOfFactsWaits() {
    assertEquals(List.of(), run(day(1), day(2, GUEST).fails(OIDC)));
    assertEquals(Set.of(), known());
    assertEquals(List.of(), run(day(3)));
    assertEquals(List.of("+ payments/guest"), run(day(4, GUEST)));
  }

  @Test
  void whatABindingShowsForCertainIsNewAlsoInAPartialRead() {
    assertEquals(List.of("+ payments/stock"), run(day(1, CART), day(2, STOCK).fails(SHOP)));
    assertEquals(Set.of("payments/cart", "payments/stock"), known());
  }

  @Test
  void theFirstCompleteReadOfAPartIsABaseline() {
    assertEquals(List.of(), run(day(1).fails(SHOP), day(2, CART)));
    assertEquals(List.of("- payments/cart"), run(day(3)));
  }

  @Test
  void aNewClusterBringsNewEdges() {
    Edge mail = associated("us-east-1", "post", "sender");
    assertEquals(
        List.of("+ payments/sender"), run(day(1), day(2, mail).cluster("us-east-1", "post")));
  }

  @Test
  void aClusterThatIsGoneTakesItsEdgesWithIt() {
    assertEquals(
        List.of("- payments/cart"), run(day(1, CART), day(2).withoutCluster("eu-west-1", "shop")));
  }

  @Test
  void aRegionThatWasSwitchedOffTakesNothingWithIt() {
    assertEquals(List.of(), run(day(1, CART), day(2).withoutRegion("eu-west-1")));
  }

  @Test
  void aRunThatLeavesSomethingOutChangesNothingThere() {
    run(day(1, CART));

    assertEquals(List.of(), run(day(2).skipsRegion("eu-west-1")));
    scope = new RunScope(Set.of(), Set.of(), Set.of(Day.ROLE_RULE));
    assertEquals(List.of(), run(day(3, STOCK)));
    scope = new RunScope(Set.of(), Set.of("other"), Set.of());
    assertEquals(List.of(), run(day(4, STOCK, GUEST)));
    scope = new RunScope(Set.of(), Set.of("shop"), Set.of());
    assertEquals(List.of("+ payments/stock", "- payments/cart"), run(day(5, STOCK, GUEST)));
  }

  @Test
  void aRunOfOneClusterIsNoBaselineForTheOthers() {
    scope = new RunScope(Set.of(), Set.of("shop"), Set.of());
    run(day(1, CART, GUEST));
    scope = RunScope.ALL;

    assertEquals(List.of(), run(day(2, CART, GUEST)));
  }

  @Test
  void aClusterWithoutItsNameIsStillTheSame() {
    Edge named =
        Edit.of(Edge.class)
            .with("place", new Edge.Place("shop", Optional.of("eu-west-1")))
            .with("declared", Truth.YES)
            .with("scopes", Set.of(IAM, Scope.region("eu-west-1"), SHOP))
            .apply(GUEST);
    run(day(1, named));

    assertEquals(List.of(), run(day(2, GUEST).losesRegion("eu-west-1")));
    assertEquals(
        List.of(named),
        before.stream()
            .flatMap(record -> record.edges().stream())
            .flatMap(edges -> edges.known().stream())
            .map(Edit.of(Edge.class).with("scopes", named.scopes()))
            .toList(),
        "with the name that it had, and bound");
    assertEquals(List.of(), run(day(3).losesRegion("eu-west-1")), "it may still be bound, unseen");
  }

  @Test
  void aRunThatIsNotBelievedTakesNothingAwayUntilTheNextSaysSo() {
    Finding[] many =
        IntStream.range(0, 20).mapToObj(i -> onRole("app-" + i)).toArray(Finding[]::new);
    run(day(1, CART).finds(many));

    assertEquals(List.of("+ payments/stock"), run(day(2, STOCK)));
    assertEquals(List.of("- payments/cart"), run(day(3, STOCK)));
  }

  @Test
  void whatAnEarlierVersionKeptHasNothingToCompareWith() {
    run(day(1, CART));
    before = before.stream().map(record -> record.with(Optional.empty())).toList();

    assertEquals(List.of(), run(day(2, CART, STOCK)));
    assertEquals(List.of("- payments/stock"), run(day(3, CART)));
  }

  @Test
  void whatDidNotFitIntoTheStoreHasNothingToCompareWith() {
    run(day(1, CART));
    before =
        before.stream()
            .map(
                record ->
                    record.with(
                        record
                            .edges()
                            .map(edges -> new ScopeEdges(List.of(), List.of(), List.of(), 1))))
            .toList();

    assertEquals(List.of(), run(day(2, CART, STOCK)));
    assertEquals(List.of("- payments/stock"), run(day(3, CART)));
  }
}
