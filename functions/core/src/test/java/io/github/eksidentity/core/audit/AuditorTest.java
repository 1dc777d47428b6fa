package io.github.eksidentity.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.settings.SettingsReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the engine does with any rules: needs, precedence, settings.
final class AuditorTest {
  private static final String ROLE = TestAccount.roleArn("app");
  private static final Inventory ACCOUNT = account().build();

  @Test
  void aMoreSpecificRuleTakesTheStatementThatItSpeaksOf() {
    Rule specific = onRole("a-specific", List.of(), List.of(), evidence(0));
    Rule general = onRole("a-general", List.of(), List.of("a-specific"), evidence(0), evidence(1));
    List<Finding> findings = findings(ACCOUNT, general, specific);
    assertEquals(List.of("a-general", "a-specific"), findings.stream().map(Finding::rule).toList());
    assertEquals(
        List.of(Optional.of(1)),
        findings.getFirst().evidence().stream().map(Evidence::statement).toList());
  }

  @Test
  void aRuleThatLosesAllItsEvidenceIsSilent() {
    Rule specific = onRole("a-specific", List.of(), List.of(), evidence(0));
    Rule general = onRole("a-general", List.of(), List.of("a-specific"), evidence(0));
    assertEquals(
        List.of("a-specific"),
        findings(ACCOUNT, general, specific).stream().map(Finding::rule).toList());
  }

  @Test
  void evidenceOnTheWholeResourceTakesEveryStatement() {
    Rule whole = onRole("a-whole", List.of(), List.of(), Evidence.of("all of it"));
    Rule general = onRole("a-general", List.of(), List.of("a-whole"), evidence(0), evidence(1));
    assertEquals(
        List.of("a-whole"), findings(ACCOUNT, general, whole).stream().map(Finding::rule).toList());
  }

  @Test
  void whatAnotherResourceExplainsBecomesItsEvidence() {
    String cluster = TestAccount.clusterArn("prod");
    Rule cause = new OnCluster(metadata("a-cause", List.of(), List.of(), List.of()));
    Rule effect =
        new OnRole(
            metadata("an-effect", List.of(), List.of(), List.of("a-cause")),
            Map.of(cluster, Evidence.of("role app is shut out")),
            evidence(0));
    List<Finding> findings = findings(ACCOUNT, effect, cause);
    assertEquals(List.of("a-cause"), findings.stream().map(Finding::rule).toList());
    assertEquals(
        List.of("something is wrong", "role app is shut out"),
        findings.getFirst().evidence().stream().map(Evidence::summary).toList());
    assertEquals(
        List.of("an-effect"), findings(ACCOUNT, effect).stream().map(Finding::rule).toList());
    Rule deaf =
        new OnRole(
            metadata("an-effect", List.of(), List.of(), List.of()),
            Map.of(cluster, Evidence.of("role app is shut out")),
            evidence(0));
    assertEquals(2, findings(ACCOUNT, deaf, cause).size(), "only a rule that yields is silent");
  }

  @Test
  void aFailedReadingBringsNoFindingUpThatItWouldHaveExplained() {
    Scope oidc = Scope.account(Scope.Kind.OIDC);
    Rule cause = new OnCluster(metadata("a-cause", List.of(Need.OIDC), List.of(), List.of()));
    Rule effect =
        new OnRole(
            metadata("an-effect", List.of(), List.of(), List.of("a-cause")),
            Map.of(TestAccount.clusterArn("prod"), Evidence.of("role app is shut out")),
            evidence(0));
    Assessment assessment =
        audit(with(oidc, new Coverage.Failed("denied", Optional.empty())), effect, cause);
    assertEquals(List.of(), assessment.findings());
    assertTrue(
        assessment.undecided().stream()
            .anyMatch(
                entry ->
                    entry.rule().equals("an-effect")
                        && entry.verdict().missing().equals(Set.of(oidc))));
    assertEquals(
        1, audit(with(oidc, new Coverage.Skipped("by choice")), effect, cause).findings().size());
  }

  @Test
  void aNeedThatWasNotReadLeavesTheRuleUndecided() {
    Rule rule = onRole("a-rule", List.of(Need.OIDC), List.of(), evidence(0));
    for (Coverage unread :
        List.of(
            new Coverage.Failed("denied", Optional.empty()),
            new Coverage.Partial("half", Optional.empty()),
            new Coverage.Skipped("by choice"))) {
      Assessment assessment = audit(with(Scope.account(Scope.Kind.OIDC), unread), rule);
      assertEquals(List.of(), assessment.findings());
      assertEquals(
          Set.of(Scope.account(Scope.Kind.OIDC)),
          assessment.undecided().getFirst().verdict().missing());
      assertFalse(assessment.complete(), "something that a rule needs was not read");
    }
  }

  @Test
  void whatOnlyRefinesMayBeLeftOutButNotFail() {
    Scope oidc = Scope.account(Scope.Kind.OIDC);
    Rule rule =
        new OnRole(metadata("a-rule", List.of(), List.of(Need.OIDC), List.of()), evidence(0));
    assertEquals(1, audit(with(oidc, new Coverage.Skipped("by choice")), rule).findings().size());
    assertEquals(
        List.of(),
        audit(with(oidc, new Coverage.Failed("denied", Optional.empty())), rule).findings());
  }

  @Test
  void aPolicyThatWasNotReadLeavesOpenOnlyTheRolesThatItIsAttachedTo() {
    String policy = "arn:aws:iam::" + TestAccount.ID + ":policy/not-read";
    Inventory partly =
        TestAccount.account()
            .cluster("prod")
            .role("app", "{\"Statement\": []}")
            .role("other", "{\"Statement\": []}", role -> role.withAttached(policy))
            .role("bounded", "{\"Statement\": []}", role -> bounded(role, policy))
            .coverage(
                Scope.account(Scope.Kind.IAM_POLICIES),
                new Coverage.Partial("it lacks a policy", Optional.empty()))
            .build();
    Assessment assessment =
        audit(partly, onRole("a-rule", List.of(Need.IAM_POLICIES), List.of(), evidence(0)));
    assertEquals(List.of(ROLE), assessment.findings().stream().map(Finding::resource).toList());
    assertEquals(
        List.of(TestAccount.roleArn("bounded"), TestAccount.roleArn("other")),
        assessment.undecided().stream().map(Assessment.NotJudged::resource).sorted().toList());
  }

  private static Role bounded(Role role, String policy) {
    return role.withPermissionsBoundary(Optional.of(policy));
  }

  @Test
  void regionsThatWereLeftOutMakeAnAuditIncompleteOnlyWhereARuleNeedsThem() {
    Inventory partly = with(Scope.region("us-east-1"), new Coverage.Skipped("not in the snapshot"));
    Rule local = onRole("a-rule", List.of(Need.IAM), List.of(), evidence(0));
    assertTrue(audit(partly, local).complete());
    Rule everywhere = onRole("a-rule", List.of(Need.EKS_EVERYWHERE), List.of(), evidence(0));
    Assessment assessment = audit(partly, everywhere);
    assertFalse(assessment.complete());
    assertEquals(
        Set.of(Scope.region("us-east-1")), assessment.undecided().getFirst().verdict().missing());
  }

  @Test
  void regionsThatSomebodyLeftOutOnPurposeLeaveAnAuditComplete() {
    Rule everywhere = onRole("a-rule", List.of(Need.EKS_EVERYWHERE), List.of(), evidence(0));
    Assessment assessment =
        audit(with(Scope.region("us-east-1"), Coverage.Skipped.ON_PURPOSE), everywhere);
    assertTrue(assessment.complete());
    assertFalse(assessment.undecided().isEmpty());
  }

  @Test
  void subjectsThatCouldNotBeListedAreUndecidedAsAScope() {
    Rule rule = onRole("a-rule", List.of(), List.of(), evidence(0));
    Assessment assessment =
        audit(
            with(
                Scope.account(Scope.Kind.IAM), new Coverage.Partial("cut short", Optional.empty())),
            rule);
    assertTrue(
        assessment.undecided().stream().anyMatch(entry -> entry.resource().equals("iam")),
        assessment.undecided()::toString);
  }

  @Test
  void settingsSwitchRulesOffAndSetTheirSeverity() {
    Rule rule = onRole("a-rule", List.of(), List.of(), evidence(0));
    Settings off = settings("{\"rules\": {\"a-rule\": {\"enabled\": false}}}");
    assertEquals(List.of(), auditor(rule).audit(ACCOUNT, off, Instant.EPOCH).findings());
    Settings low = settings("{\"rules\": {\"a-rule\": {\"severity\": \"low\"}}}");
    assertEquals(
        Severity.LOW,
        auditor(rule).audit(ACCOUNT, low, Instant.EPOCH).findings().getFirst().severity());
  }

  @Test
  void rolesThatAwsOwnsAreNotAudited() {
    Inventory owned =
        TestAccount.account()
            .cluster("prod")
            .role("app", "{\"Statement\": []}", RoleEdits.path("/aws-service-role/"))
            .build();
    assertEquals(List.of(), findings(owned, onRole("a-rule", List.of(), List.of(), evidence(0))));
  }

  /// The form of an id is a contract: other systems keep it.
  @Test
  void theFingerprintNeverChanges() {
    assertEquals("f1-048ac386cd01be315bfb", Finding.fingerprint("a-rule", TestAccount.ID, ROLE));
  }

  private static Settings settings(String text) {
    return assertInstanceOf(
            SettingsReader.Result.Read.class,
            SettingsReader.read(JsonReader.object(text), Set.of("a-rule")))
        .settings();
  }

  private static TestAccount account() {
    return TestAccount.account().cluster("prod").role("app", "{\"Statement\": []}");
  }

  private static Inventory with(Scope scope, Coverage read) {
    return account().coverage(scope, read).build();
  }

  private static Evidence evidence(int statement) {
    return Evidence.of("something is wrong").withStatement(statement);
  }

  private static List<Finding> findings(Inventory inventory, Rule... rules) {
    return audit(inventory, rules).findings();
  }

  private static Assessment audit(Inventory inventory, Rule... rules) {
    return auditor(rules).audit(inventory, Settings.DEFAULTS, Instant.EPOCH);
  }

  private static Auditor auditor(Rule... rules) {
    return new Auditor(List.of(rules));
  }

  private static Rule onRole(
      String id, List<Need> needs, List<String> yieldsTo, Evidence... evidence) {
    return new OnRole(metadata(id, needs, List.of(), yieldsTo), evidence);
  }

  private static RuleMetadata metadata(
      String id, List<Need> needs, List<Need> refinedBy, List<String> yieldsTo) {
    return RuleMetadata.rule(id, Severity.HIGH, Impact.OUTAGE, Category.BROKEN_TRUST, "a title")
        .needs(needs.toArray(Need[]::new))
        .refinedBy(refinedBy.toArray(Need[]::new))
        .yieldsTo(yieldsTo.toArray(String[]::new))
        .build();
  }

  /// A rule that always says the same.
  private record OnRole(
      RuleMetadata metadata, Map<String, Evidence> concerns, List<Evidence> evidence)
      implements Rule.OnRole {
    OnRole(RuleMetadata metadata, Evidence... evidence) {
      this(metadata, Map.of(), evidence);
    }

    OnRole(RuleMetadata metadata, Map<String, Evidence> concerns, Evidence... evidence) {
      this(metadata, concerns, List.of(evidence));
    }

    @Override
    public Verdict evaluate(Role role, AuditContext context) {
      Verdict.Violated violated =
          Verdict.violated(
              metadata.severity(), "it is wrong", evidence, Remediation.decide("Decide."));
      for (var concern : concerns.entrySet()) {
        violated = violated.withConcern(concern.getKey(), concern.getValue());
      }
      return violated;
    }
  }

  /// The cluster of a finding about a cluster is that cluster.
  @Test
  void aFindingAboutAClusterNamesIt() {
    Rule rule = new OnCluster(metadata("a-rule", List.of(), List.of(), List.of()));
    Finding finding = findings(ACCOUNT, rule).getFirst();
    assertEquals(Optional.of("prod"), finding.cluster());
    assertEquals(TestAccount.REGION, finding.region());
  }

  private record OnCluster(RuleMetadata metadata) implements Rule.OnCluster {
    @Override
    public Verdict evaluate(Cluster cluster, AuditContext context) {
      return Verdict.violated(
          metadata.severity(), "it is wrong", List.of(evidence(0)), Remediation.decide("Decide."));
    }
  }
}
