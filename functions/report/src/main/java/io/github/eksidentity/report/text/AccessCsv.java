package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.report.page.Plain;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Edges as CSV (RFC 4180), one a line. What a spreadsheet would take for a formula begins with an
/// apostrophe, because names in an account are written by whoever may create a role there.
public final class AccessCsv {
  private static final String FORMULA = "=+-@\t\r";
  private static final List<String> HEADER =
      List.of(
          "cluster",
          "region",
          "serviceAccount",
          "except",
          "mechanism",
          "role",
          "targetRole",
          "declared",
          "admitted",
          "status",
          "rights");

  private AccessCsv() {}

  /// All edges below a line of headings.
  public static String render(List<Edge> edges) {
    StringBuilder text = new StringBuilder();
    line(text, HEADER);
    for (Edge edge : edges) {
      line(
          text,
          List.of(
              edge.place().name(),
              edge.place().region().orElse(""),
              edge.serviceAccount(),
              String.join(" ", edge.except()),
              edge.mechanism().id(),
              edge.role(),
              edge.targetRole().orElse(""),
              id(edge.declared()),
              id(edge.admitted()),
              edge.status().id(),
              edge.rights().id()));
    }
    return text.toString();
  }

  private static String id(Truth known) {
    return known.name().toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(AccessCsv::cell).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  private static String cell(String value) {
    boolean formula = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0;
    String plain = (formula ? "'" : "") + Plain.of(value);
    return plain.chars().anyMatch(c -> c == ',' || c == '"')
        ? '"' + plain.replace("\"", "\"\"") + '"'
        : plain;
  }
}
