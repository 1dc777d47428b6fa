package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.access.EdgeChanges;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.List;

/// Which ways to roles came and went, for a person.
public final class EdgeChangesText {
  private EdgeChangesText() {}

  /// The changes, nothing where there are none.
  public static String render(EdgeChanges changes, int width, boolean colour) {
    if (changes.isEmpty()) {
      return "";
    }
    Page page = new Page(width, colour);
    page.paragraph(
        0,
        Style.BOLD,
        "Access: %s, %d removed, %d not verified"
            .formatted(
                EdgeText.counted(changes.added().size(), "added"),
                changes.removed().size(),
                changes.unverified().size()));
    edges(page, "+ ", Style.RED, changes.added());
    edges(page, "- ", Style.GREEN, changes.removed());
    edges(page, "? ", Style.YELLOW, changes.unverified());
    return "\n" + page;
  }

  private static void edges(Page page, String sign, Style style, List<Edge> edges) {
    for (Edge edge : edges) {
      page.hanging(2, sign, style, EdgeText.of(edge));
    }
  }
}
