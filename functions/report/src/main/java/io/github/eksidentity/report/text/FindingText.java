package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.fix.ChangeText;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Span;
import io.github.eksidentity.report.page.Style;
import io.github.eksidentity.report.page.TextOptions;
import java.util.List;
import java.util.Locale;

/// One finding for a person: what is wrong, the decisive evidence, what the pod sees, what to do.
public final class FindingText {
  private static final int INDENT = 4;
  private static final int BODY = 6;
  private static final int MOST_EVIDENCE = 2;
  private static final int MOST_DETAILED_EVIDENCE = 50;

  private final Page page;
  private final TextOptions options;

  public FindingText(Page page, TextOptions options) {
    this.page = page;
    this.options = options;
  }

  public void write(Finding finding) {
    String severity =
        Style.symbol(finding.severity()) + " " + finding.severity().id().toUpperCase(Locale.ROOT);
    page.line(INDENT, Style.of(finding.severity()), severity + "  " + finding.rule());
    page.paragraph(BODY, Style.BOLD, finding.title());
    int most = options.details() ? MOST_DETAILED_EVIDENCE : MOST_EVIDENCE;
    finding.evidence().stream().limit(most).forEach(this::evidence);
    if (finding.evidence().size() > most) {
      page.paragraph(BODY, Style.DIM, "- and " + (finding.evidence().size() - most) + " more");
    }
    finding.stsError().ifPresent(error -> page.hanging(BODY, "pods see  ", Style.NONE, error));
    switch (finding.remediation()) {
      case Remediation.Fix fix -> fix(fix);
      case Remediation.Decide decide -> decide(decide);
    }
    page.blank();
  }

  private void evidence(Evidence evidence) {
    page.hanging(BODY, "- ", Style.NONE, evidence.summary() + place(evidence));
    evidence.key().ifPresent(key -> field("key", key));
    evidence.value().ifPresent(value -> field("value", counterpart(evidence, value)));
    evidence
        .claim()
        .ifPresent(
            claim ->
                field(
                    "pod has",
                    evidence
                        .value()
                        .map(value -> Span.against(claim, value))
                        .orElse(Span.unmarked(claim))));
    evidence
        .nearest()
        .ifPresent(
            nearest ->
                field(
                    "nearest",
                    evidence.claim().isEmpty()
                        ? evidence
                            .value()
                            .map(value -> Span.against(nearest, value))
                            .orElse(Span.unmarked(nearest))
                        : Span.unmarked(nearest)));
  }

  private static Span counterpart(Evidence evidence, String value) {
    return evidence
        .claim()
        .or(evidence::nearest)
        .map(other -> Span.against(value, other))
        .orElse(Span.unmarked(value));
  }

  private void field(String name, String value) {
    field(name, Span.unmarked(value));
  }

  private void field(String name, Span value) {
    page.marked(BODY + 2, "%-8s ".formatted(name), value, Style.ALARM);
  }

  /// Statements are counted from 1 for people.
  private static String place(Evidence evidence) {
    String statement = evidence.statement().map(index -> "statement " + (index + 1)).orElse("");
    String line = evidence.at().map(at -> "line " + at.line()).orElse("");
    if (statement.isEmpty() && line.isEmpty()) {
      return "";
    }
    return " (" + statement + (statement.isEmpty() || line.isEmpty() ? "" : ", ") + line + ")";
  }

  private void fix(Remediation.Fix fix) {
    List<ChangeText> changes = fix.changes().stream().map(ChangeText::of).toList();
    page.hanging(BODY, "fix       ", Style.GREEN, fix.advice());
    if (options.details()) {
      changes.forEach(this::whole);
      return;
    }
    for (ChangeText change : changes) {
      page.hanging(BODY + 10, "> ", Style.NONE, change.summary());
    }
  }

  private void whole(ChangeText change) {
    page.blank().paragraph(BODY, Style.BOLD, change.summary());
    change.diff().ifPresent(diff -> page.diff(BODY + 2, diff));
    page.blank().paragraph(BODY, Style.DIM, "Commands");
    page.verbatim(BODY + 2, change.awsCli());
    page.blank().paragraph(BODY, Style.DIM, "Terraform");
    page.verbatim(BODY + 2, change.terraform());
  }

  private void decide(Remediation.Decide decide) {
    page.hanging(BODY, "decide    ", Style.YELLOW, decide.advice());
    if (options.details()) {
      decide.options().forEach(option -> page.hanging(BODY + 10, "> ", Style.NONE, option));
    }
  }
}
