package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.explain.Explanation;
import io.github.eksidentity.core.explain.Step;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import io.github.eksidentity.report.page.TextOptions;

/// An explanation for a person: the steps, then the one cause with its fix.
public final class ExplanationText {
  private final Page page;
  private final TextOptions options;

  private ExplanationText(Page page, TextOptions options) {
    this.page = page;
    this.options = options;
  }

  /// The whole explanation.
  public static String render(Explanation explanation, int width, boolean colour) {
    TextOptions options = new TextOptions(width, colour, true, Severity.INFO);
    Page page = new Page(width, colour);
    new ExplanationText(page, options).write(explanation);
    return page.toString();
  }

  private void write(Explanation explanation) {
    page.paragraph(
        0,
        Style.BOLD,
        "Service account "
            + Subject.qualifiedName(explanation.subject())
            + " of cluster "
            + explanation.cluster().name()
            + " in "
            + explanation.cluster().region());
    explanation.role().ifPresent(role -> page.hanging(2, "role    ", Style.NONE, role));
    explanation.targetRole().ifPresent(role -> page.hanging(2, "target  ", Style.NONE, role));
    explanation
        .mechanism()
        .ifPresent(mechanism -> page.hanging(2, "by      ", Style.NONE, mechanism.id()));
    page.blank();
    explanation.steps().forEach(this::step);
    page.blank().paragraph(0, style(explanation.verdict()), sentence(explanation));
    explanation
        .cause()
        .ifPresent(
            cause -> {
              page.blank();
              new FindingText(page, options).write(cause);
            });
  }

  private void step(Step step) {
    String label = "%-8s %-12s ".formatted(step.status().id(), step.kind().id());
    Style style =
        switch (step.status()) {
          case OK -> Style.NONE;
          case BROKEN -> Style.RED;
          case UNKNOWN -> Style.YELLOW;
        };
    page.hanging(2, label, style, step.evidence());
    if (step.status() != Step.Status.OK) {
      for (String line : step.trace()) {
        int depth = line.length() - line.stripLeading().length();
        page.hanging(2 + label.length() + depth, "", Style.DIM, line.strip());
      }
    }
  }

  private static Style style(Explanation.Verdict verdict) {
    return switch (verdict) {
      case WORKS -> Style.GREEN;
      case BROKEN -> Style.ALARM;
      case UNBOUND, UNKNOWN -> Style.YELLOW;
    };
  }

  private static String sentence(Explanation explanation) {
    return switch (explanation.verdict()) {
      case WORKS -> "It works, as far as the facts tell.";
      case BROKEN -> "It is broken.";
      case UNBOUND -> "It is bound to no role; its pods have the rights of their node, if any.";
      case UNKNOWN ->
          "No step is known to be broken, but it is not known whether it works: see the steps that"
              + " are unknown.";
    };
  }
}
