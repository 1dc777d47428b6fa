package io.github.eksidentity.cli.policy;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Something wrong with a trust document, whatever account it is in.
///
/// @param says what IAM answers when it is saved, or what the pod sees
record DocumentProblem(
    String rule,
    Severity severity,
    Consequence consequence,
    Position at,
    String message,
    Optional<String> says) {

  /// What becomes of a document with a problem.
  enum Consequence {
    REJECTED_BY_IAM("rejected-by-iam", "IAM refuses to save it."),
    ACCEPTED_BUT_DEAD(
        "accepted-but-dead", "IAM saves it, and it lets no pod in as it is meant to."),
    ACCEPTED_AND_LIVE("accepted-and-live", "IAM saves it, and it works.");

    private final String id;
    private final String sentence;

    Consequence(String id, String sentence) {
      this.id = id;
      this.sentence = sentence;
    }

    String id() {
      return id;
    }

    String sentence() {
      return sentence;
    }
  }

  private static final String NOBODY = "000000000000";

  /// Every problem of a document, in the order of their places: what the parser says and, where IAM
  /// would save the document, what the rules say that need nothing but a trust policy.
  ///
  /// @param account the role's; where it is not given, that of the first provider
  static List<DocumentProblem> of(String document, Optional<String> account) {
    ParsedPolicy parsed = TrustPolicyParser.parse(document);
    List<DocumentProblem> problems = new ArrayList<>();
    parsed.problems().forEach(problem -> problems.add(of(problem)));
    if (parsed.accepted()) {
      List<DocumentProblem> known = List.copyOf(problems);
      audit(document, parsed, account).findings().stream()
          .flatMap(DocumentProblem::of)
          .filter(found -> known.stream().noneMatch(found::repeats))
          .forEach(problems::add);
    }
    problems.sort(Comparator.comparing(DocumentProblem::at));
    return List.copyOf(problems);
  }

  private boolean repeats(DocumentProblem other) {
    return rule.equals(other.rule) && at.equals(other.at);
  }

  private static DocumentProblem of(Problem problem) {
    Consequence consequence =
        switch (problem.consequence()) {
          case REJECTED_BY_IAM -> Consequence.REJECTED_BY_IAM;
          case ACCEPTED_BUT_DEAD -> Consequence.ACCEPTED_BUT_DEAD;
        };
    Rule rule = Rules.reporting(problem.fault());
    return new DocumentProblem(
        rule.id(),
        rule.metadata().severity(),
        consequence,
        problem.at(),
        problem.message(),
        Optional.of(problem.iamSays()));
  }

  private static Stream<DocumentProblem> of(Finding finding) {
    return finding.evidence().stream()
        .map(
            evidence ->
                new DocumentProblem(
                    finding.rule(),
                    finding.severity(),
                    finding.stsError().isPresent()
                        ? Consequence.ACCEPTED_BUT_DEAD
                        : Consequence.ACCEPTED_AND_LIVE,
                    evidence.at().orElse(Position.START),
                    message(finding, evidence),
                    finding.stsError()));
  }

  private static String message(Finding finding, Evidence evidence) {
    return evidence.summary()
        + evidence.value().map(value -> " (" + value + ")").orElse("")
        + "; "
        + finding.title();
  }

  /// An account that holds nothing but a role with this document, of which nothing else is known.
  private static Assessment audit(String document, ParsedPolicy parsed, Optional<String> account) {
    Optional<Arn> provider = providers(parsed).flatMap(arn -> Arn.parse(arn).stream()).findFirst();
    String id =
        account
            .or(() -> provider.map(Arn::account).filter(found -> found.matches("\\d{12}")))
            .orElse(NOBODY);
    Partition partition =
        provider.flatMap(arn -> Partition.of(arn.partition())).orElse(Partition.AWS);
    Role role =
        new Role(
            "arn:" + partition.id() + ":iam::" + id + ":role/policy",
            "policy",
            "/",
            "",
            Optional.empty(),
            document,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            new LastUsed.NotRead(),
            Map.of());
    Inventory inventory =
        new Inventory(
            new Account(id, partition),
            List.of(),
            List.of(role),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Quotas.NOT_READ,
            Map.of(Scope.account(Scope.Kind.IAM), new Coverage.Complete()));
    return new Auditor(rules()).audit(inventory, Settings.DEFAULTS, Instant.EPOCH);
  }

  private static Stream<String> providers(ParsedPolicy parsed) {
    return parsed.policy().stream()
        .flatMap(policy -> policy.statements().stream())
        .map(Statement::principals)
        .flatMap(principals -> principals.of(PrincipalKind.FEDERATED).stream())
        .map(Principal::value)
        .filter(TrustedProvider::looksLikeEks);
  }

  private static List<Rule> rules() {
    return Rules.all().stream()
        .filter(rule -> rule.metadata().category() == Category.BROKEN_TRUST)
        .toList();
  }
}
