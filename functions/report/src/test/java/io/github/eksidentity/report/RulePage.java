package io.github.eksidentity.report;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.report.fix.ChangeText;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.TextOptions;
import io.github.eksidentity.report.text.FindingText;
import io.github.eksidentity.report.text.RuleText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page about one rule in Markdown: what its metadata says, and what it says of its examples.
final class RulePage {
  private static final int WHOLE_EXAMPLES = 3;
  private static final Auditor AUDITOR = new Auditor(Rules.all());

  private final RuleMetadata rule;
  private final List<Example> examples;
  private final StringBuilder page = new StringBuilder();

  private RulePage(Rule rule) {
    this.rule = rule.metadata();
    this.examples = RuleExamples.of(rule);
  }

  static String of(Rule rule) {
    return new RulePage(rule).render();
  }

  private String render() {
    page.append("<!-- Generated from the rule and its tests: -Dupdate.docs=true writes it. -->\n");
    page.append("# ").append(rule.id()).append("\n\n**").append(rule.title()).append(".**\n\n");
    page.append("| | |\n|---|---|\n");
    row("Severity", rule.severity().id() + severities());
    row("Chapter", rule.category().title());
    row("Must have read", RuleText.needs(rule.needs()));
    if (!rule.refinedBy().isEmpty()) {
      row("Made more precise by", RuleText.needs(rule.refinedBy()));
    }
    String actions =
        RuleText.actions(Stream.concat(rule.needs().stream(), rule.refinedBy().stream()).toList())
            .stream()
            .map(action -> "`" + action + "`")
            .collect(Collectors.joining(", "));
    row("IAM actions", actions.isEmpty() ? "none" : actions);
    if (!rule.yieldsTo().isEmpty()) {
      row(
          "Leaves to",
          rule.yieldsTo().stream()
              .map(id -> "[" + id + "](" + id + ".md)")
              .collect(Collectors.joining(", ")));
    }
    section("Why", rule.why());
    section("Risk", rule.risk());
    section("What to do", rule.remediation());
    flagged();
    titles("Accepted", Example.Kind.ACCEPTS);
    titles("Undecided", Example.Kind.UNDECIDED);
    page.append("\n## References\n\n");
    rule.references().forEach(url -> page.append("- <").append(url).append(">\n"));
    return page.toString();
  }

  private String severities() {
    String others =
        examples.stream()
            .filter(example -> example.kind() == Example.Kind.FLAGS)
            .flatMap(example -> example.severity().stream())
            .filter(severity -> severity != rule.severity())
            .distinct()
            .sorted()
            .map(Severity::id)
            .collect(Collectors.joining(" or "));
    return others.isEmpty() ? "" : "; by evidence also " + others;
  }

  private void row(String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private void section(String title, String text) {
    page.append("\n## ").append(title).append("\n\n").append(text).append('\n');
  }

  private void flagged() {
    List<Example> flagged =
        examples.stream().filter(example -> example.kind() == Example.Kind.FLAGS).toList();
    page.append("\n## Flagged\n");
    flagged.stream().limit(WHOLE_EXAMPLES).forEach(this::whole);
    if (flagged.size() > WHOLE_EXAMPLES) {
      page.append("\nAlso flagged:\n\n");
      flagged.stream().skip(WHOLE_EXAMPLES).forEach(this::title);
    }
  }

  private void titles(String heading, Example.Kind kind) {
    List<Example> found = examples.stream().filter(example -> example.kind() == kind).toList();
    if (!found.isEmpty()) {
      page.append("\n## ").append(heading).append("\n\n");
      found.forEach(this::title);
    }
  }

  private void title(Example example) {
    page.append("- ").append(example.title()).append('\n');
  }

  private void whole(Example example) {
    page.append("\n### ").append(capital(example.title())).append('\n');
    Finding finding =
        AUDITOR
            .audit(
                AuditContext.of(example.inventory(), example.settings(), TestAccount.NOW),
                example.mutes())
            .findings()
            .stream()
            .filter(found -> found.rule().equals(rule.id()))
            .filter(found -> found.resource().equals(example.resource()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(example.title() + " is not flagged"));
    trust(example, finding).ifPresent(role -> fence("json", role.trustDocument()));
    Page text = new Page(TextOptions.DEFAULT_WIDTH, false);
    new FindingText(text, new TextOptions(TextOptions.DEFAULT_WIDTH, false, false, Severity.INFO))
        .write(finding);
    fence("text", text.toString().stripTrailing().stripIndent());
    if (finding.remediation() instanceof Remediation.Fix fix) {
      fix.changes().stream()
          .map(ChangeText::of)
          .forEach(
              change ->
                  fence(
                      change.diff().isPresent() ? "diff" : "sh",
                      change.diff().orElse(change.awsCli())));
    }
  }

  /// The role whose trust policy the finding is about.
  private static Optional<Role> trust(Example example, Finding finding) {
    boolean aboutTrust =
        finding.evidence().stream().anyMatch(evidence -> evidence.statement().isPresent());
    return aboutTrust
        ? example.inventory().roles().stream()
            .filter(role -> Optional.of(role.arn()).equals(finding.role()))
            .findFirst()
        : Optional.empty();
  }

  private void fence(String language, String text) {
    page.append("\n```")
        .append(language)
        .append('\n')
        .append(text.stripTrailing())
        .append("\n```\n");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
