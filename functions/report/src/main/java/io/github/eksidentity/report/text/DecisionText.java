package io.github.eksidentity.report.text;

import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.Map;

/// Decisions of the trust evaluator for a person at a terminal.
public final class DecisionText {
  private DecisionText() {}

  /// The decision about each action, with every step that led there.
  ///
  /// @param byAction in order
  public static String render(Map<String, Decision> byAction, int width, boolean colour) {
    Page page = new Page(width, colour);
    byAction.forEach(
        (action, decision) -> {
          Style style =
              switch (decision) {
                case Decision.Allowed _ -> Style.GREEN;
                case Decision.Denied _ -> Style.RED;
                case Decision.Unknown _ -> Style.YELLOW;
              };
          String word =
              switch (decision) {
                case Decision.Allowed _ -> "ALLOWED";
                case Decision.Denied denied -> denied.explicit() ? "DENIED explicitly" : "DENIED";
                case Decision.Unknown _ -> "UNKNOWN";
              };
          page.blank().paragraph(0, style, word + "  " + action);
          page.paragraph(2, Style.BOLD, decision.reason());
          for (String step : decision.trace()) {
            int depth = step.length() - step.stripLeading().length();
            page.hanging(4 + depth, "", Style.NONE, step.strip());
          }
        });
    return page.toString();
  }
}
