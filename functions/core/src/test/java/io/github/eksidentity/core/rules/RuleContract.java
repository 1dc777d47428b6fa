package io.github.eksidentity.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.redact.Redaction;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What every rule must keep, checked on its examples: it flags and accepts what it says, alone; it
/// is undecided as soon as a scope that it needs is not completely read; and every fix that it
/// proposes mends the example, lets the intended subject in and breaks nothing else.
public abstract class RuleContract {
  private static final Auditor AUDITOR = new Auditor(Rules.all());

  private final Rule rule;

  protected RuleContract(Rule rule) {
    this.rule = rule;
  }

  /// The rule under test.
  public Rule rule() {
    return rule;
  }

  /// At least one example that the rule flags and one that it accepts.
  public abstract Stream<Example> examples();

  /// An example that the rule flags.
  protected static Example flags(String title) {
    return new Example(Example.Kind.FLAGS, title);
  }

  /// An example that the rule accepts.
  protected static Example accepts(String title) {
    return new Example(Example.Kind.ACCEPTS, title);
  }

  /// An example that is read completely and yet not settled.
  protected static Example undecided(String title) {
    return new Example(Example.Kind.UNDECIDED, title);
  }

  @TestFactory
  Stream<DynamicTest> examplesBehave() {
    return examples()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.kind() + ": " + example.title(), () -> check(example)));
  }

  @TestFactory
  Stream<DynamicTest> undecidedWithoutAScope() {
    return examples()
        .filter(example -> example.kind() == Example.Kind.FLAGS)
        .flatMap(
            example ->
                finding(example).scopes().stream()
                    .map(
                        scope ->
                            DynamicTest.dynamicTest(
                                example.title() + ", without " + scope,
                                () -> checkUndecided(example, scope))));
  }

  @TestFactory
  Stream<DynamicTest> fixesMend() {
    return examples()
        .filter(example -> example.kind() == Example.Kind.FLAGS)
        .map(example -> DynamicTest.dynamicTest(example.title(), () -> checkFix(example)));
  }

  /// Settings and mutes speak of the true names.
  @TestFactory
  Stream<DynamicTest> redactedItIsTheSame() {
    return examples()
        .filter(example -> example.settings().equals(Settings.DEFAULTS))
        .filter(example -> example.mutes().equals(MuteList.NONE))
        .map(example -> DynamicTest.dynamicTest(example.title(), () -> checkRedacted(example)));
  }

  @TestFactory
  Stream<DynamicTest> examplesCoverBothSides() {
    List<Example> all = examples().toList();
    return Stream.of(Example.Kind.FLAGS, Example.Kind.ACCEPTS)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    "there is an example of " + kind,
                    () -> assertTrue(all.stream().anyMatch(example -> example.kind() == kind))));
  }

  /// A cluster of which a part cannot be read any more brings no finding up but the one about that.
  @TestFactory
  Stream<DynamicTest> aClusterThatCannotBeReadOpensNothing() {
    return examples()
        .flatMap(
            example ->
                UnreadClusters.of(example.inventory())
                    .map(
                        unread ->
                            DynamicTest.dynamicTest(
                                example.title() + ", without " + unread.kinds(),
                                () -> checkOpensNothing(example, unread.inventory()))));
  }

  private static void checkOpensNothing(Example example, Inventory unread) {
    Set<String> before = keys(audit(example, example.inventory()));
    Set<String> opened = keys(audit(example, unread));
    opened.removeAll(before);
    opened.removeIf(key -> key.startsWith("cluster-not-readable "));
    assertTrue(opened.isEmpty(), () -> "opened: " + opened);
  }

  private void check(Example example) {
    Assessment assessment = audit(example, example.inventory());
    List<Finding> own =
        assessment.findings().stream().filter(found -> found.rule().equals(rule.id())).toList();
    assertEquals(
        example.others(),
        assessment.findings().stream()
            .map(Finding::rule)
            .filter(id -> !id.equals(rule.id()))
            .collect(Collectors.toCollection(TreeSet::new)),
        () -> "other rules that speak: " + describe(assessment.findings()));
    switch (example.kind()) {
      case FLAGS -> checkFlagged(example, own);
      case ACCEPTS -> {
        assertTrue(own.isEmpty(), () -> describe(own));
        assertTrue(
            assessment.undecided().stream().noneMatch(entry -> entry.rule().equals(rule.id())),
            "accepted, not undecided");
      }
      case UNDECIDED -> {
        assertTrue(own.isEmpty(), () -> describe(own));
        assertTrue(
            assessment.undecided().stream()
                .anyMatch(
                    entry ->
                        entry.rule().equals(rule.id())
                            && names(entry.resource(), example.resource())));
      }
    }
  }

  /// Whether this is the key of a resource that findings call by this id.
  private static boolean names(String key, String id) {
    return key.equals(id) || key.endsWith("/serviceaccount/" + id);
  }

  private void checkFlagged(Example example, List<Finding> own) {
    assertEquals(List.of(example.resource()), own.stream().map(Finding::resource).toList());
    Finding finding = own.getFirst();
    assertEquals(example.severity().orElse(rule.metadata().severity()), finding.severity());
    String text = text(finding);
    for (String fragment : example.fragments()) {
      assertTrue(text.contains(fragment), () -> "says «" + fragment + "»: " + text);
    }
    assertFalse(finding.title().endsWith("."), "a title has no full stop");
  }

  private void checkUndecided(Example example, Scope scope) {
    Map<Scope, Coverage> coverage = new TreeMap<>(example.inventory().coverage());
    coverage.put(scope, new Coverage.Failed("access denied", Optional.empty()));
    Inventory inventory = Inventories.withCoverage(example.inventory(), coverage);
    Assessment assessment = audit(example, inventory);
    assertTrue(
        assessment.findings().stream().noneMatch(found -> found.rule().equals(rule.id())),
        () -> "must be undecided: " + describe(assessment.findings()));
    assertTrue(assessment.undecided().stream().anyMatch(entry -> entry.rule().equals(rule.id())));
  }

  private static void checkRedacted(Example example) {
    Inventory redacted = Redaction.of(example.inventory(), new byte[] {1});
    assertEquals(verdicts(audit(example, example.inventory())), verdicts(audit(example, redacted)));
  }

  private static List<String> verdicts(Assessment assessment) {
    return Stream.concat(
            assessment.findings().stream().map(one -> one.rule() + " " + one.severity()),
            assessment.undecided().stream().map(one -> one.rule() + " undecided"))
        .sorted()
        .toList();
  }

  private void checkFix(Example example) {
    Finding finding = finding(example);
    switch (finding.remediation()) {
      case Remediation.Fix fix -> {
        Inventory mended = Changes.apply(example.inventory(), fix.changes());
        Set<String> before = keys(audit(example, example.inventory()));
        Set<String> after = keys(audit(example, mended));
        assertFalse(after.contains(key(finding)), "the finding is gone");
        after.removeAll(before);
        assertTrue(after.isEmpty(), () -> "nothing new appears: " + after);
        for (Example.Intended intended : example.intended()) {
          Changes.assertAdmitted(mended, intended);
        }
      }
      case Remediation.Decide decide ->
          assertFalse(decide.advice().isBlank(), "says what to decide");
    }
  }

  private Finding finding(Example example) {
    Optional<Finding> found =
        audit(example, example.inventory()).findings().stream()
            .filter(finding -> finding.rule().equals(rule.id()))
            .findFirst();
    assertInstanceOf(Finding.class, found.orElse(null), () -> "flagged: " + example.title());
    return found.orElseThrow();
  }

  private static Assessment audit(Example example, Inventory inventory) {
    return AUDITOR.audit(
        AuditContext.of(inventory, example.settings(), TestAccount.NOW), example.mutes());
  }

  private static Set<String> keys(Assessment assessment) {
    return assessment.findings().stream()
        .map(RuleContract::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String key(Finding finding) {
    return finding.rule() + " at " + finding.resource() + " (" + finding.id() + ")";
  }

  private static String describe(List<Finding> findings) {
    return findings.stream()
        .map(finding -> key(finding) + ": " + text(finding))
        .collect(Collectors.joining("\n"));
  }

  private static String text(Finding finding) {
    return finding.title()
        + finding.evidence().stream().map(Evidence::toString).collect(Collectors.joining("\n"))
        + finding.stsError().orElse("")
        + finding.remediation().advice();
  }
}
