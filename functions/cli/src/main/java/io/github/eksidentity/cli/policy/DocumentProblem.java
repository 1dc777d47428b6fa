package io.github.eksidentity.cli.policy;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
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
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.loose.TrustMixedPrincipals;
import io.github.eksidentity.core.rules.loose.TrustNoAudience;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
  private static final String AUDIENCE = TrustNoAudience.ID;
  private static final String OPEN = TrustMixedPrincipals.ID;

  /// Every problem of a document, in the order of their places, and what could not be judged.
  ///
  /// @param undecided as `rule: reason`, each once
  record Report(List<DocumentProblem> problems, List<String> undecided) {
    Report {
      problems = List.copyOf(problems);
      undecided = List.copyOf(undecided);
    }
  }

  /// What the parser says and, where IAM would save the document, what the rules say that need
  /// nothing but a trust policy: why nobody gets in as it is meant, and who gets in besides.
  ///
  /// @param account the role's; where it is not given, that of the first provider
  static Report of(String document, Optional<String> account) {
    ParsedPolicy parsed = TrustPolicyParser.parse(document);
    List<DocumentProblem> problems = new ArrayList<>();
    parsed.problems().forEach(problem -> problems.add(of(problem)));
    Set<String> undecided = new LinkedHashSet<>();
    if (parsed.accepted()) {
      for (Assessment assessment : audits(document, parsed, account)) {
        List<DocumentProblem> known = List.copyOf(problems);
        assessment.findings().stream()
            .flatMap(DocumentProblem::of)
            .filter(found -> known.stream().noneMatch(found::repeats))
            .forEach(problems::add);
        assessment.undecided().stream()
            .filter(open -> open.verdict().missing().isEmpty())
            .forEach(open -> undecided.add(open.rule() + ": " + open.verdict().reason()));
      }
      parsed.policy().ifPresent(policy -> problems.addAll(openToTheWorld(policy, problems)));
    }
    problems.sort(Comparator.comparing(DocumentProblem::at));
    return new Report(problems, List.copyOf(undecided));
  }

  /// A role that is not for pods, and that everybody can assume: an audit leaves it to others.
  private static List<DocumentProblem> openToTheWorld(
      TrustPolicy policy, List<DocumentProblem> known) {
    return policy.statements(Effect.ALLOW).stream()
        .filter(allow -> allow.conditions().isEmpty() && !allow.principals().negated())
        .flatMap(allow -> allow.principals().of(PrincipalKind.AWS).stream())
        .filter(principal -> principal.value().equals("*"))
        .filter(_ -> known.stream().noneMatch(one -> one.rule().equals(OPEN)))
        .map(
            principal ->
                new DocumentProblem(
                    OPEN,
                    Severity.CRITICAL,
                    Consequence.ACCEPTED_AND_LIVE,
                    principal.at(),
                    "The statement names every principal of every account, without a condition",
                    Optional.empty()))
        .toList();
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

  /// Audits of an account that holds nothing but a role with this document. Only the question about
  /// the audience takes a provider to be there, one with the audience of EKS: the others would have
  /// to take it for fine.
  private static List<Assessment> audits(
      String document, ParsedPolicy parsed, Optional<String> account) {
    List<OidcProvider> providers =
        providers(parsed).distinct().flatMap(arn -> provider(arn).stream()).toList();
    return List.of(
        audit(document, parsed, account, List.of(), rules(rule -> !rule.id().equals(AUDIENCE))),
        audit(document, parsed, account, providers, rules(rule -> rule.id().equals(AUDIENCE))));
  }

  private static Optional<OidcProvider> provider(String arn) {
    return OidcProvider.issuerOf(arn)
        .map(
            issuer ->
                new OidcProvider(
                    arn,
                    issuer,
                    List.of(PodRequests.DEFAULT_AUDIENCE),
                    List.of(),
                    Optional.empty(),
                    Map.of()));
  }

  private static Assessment audit(
      String document,
      ParsedPolicy parsed,
      Optional<String> account,
      List<OidcProvider> providers,
      List<Rule> rules) {
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
            coverage(providers));
    return new Auditor(rules).audit(inventory, Settings.DEFAULTS, Instant.EPOCH);
  }

  private static Stream<String> providers(ParsedPolicy parsed) {
    return parsed.policy().stream()
        .flatMap(policy -> policy.statements().stream())
        .map(Statement::principals)
        .flatMap(principals -> principals.of(PrincipalKind.FEDERATED).stream())
        .map(Principal::value)
        .filter(TrustedProvider::looksLikeEks);
  }

  private static Map<Scope, Coverage> coverage(List<OidcProvider> providers) {
    Map<Scope, Coverage> coverage = new HashMap<>();
    coverage.put(Scope.account(Scope.Kind.IAM), new Coverage.Complete());
    if (!providers.isEmpty()) {
      coverage.put(Scope.account(Scope.Kind.OIDC), new Coverage.Complete());
    }
    return coverage;
  }

  private static List<Rule> rules(Predicate<Rule> which) {
    return Rules.all().stream()
        .filter(
            rule ->
                switch (rule.metadata().category()) {
                  case BROKEN_TRUST, LOOSE_TRUST -> true;
                  default -> false;
                })
        .filter(which)
        .toList();
  }
}
