package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.report.page.Columns;
import io.github.eksidentity.report.page.Names;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Plain;
import io.github.eksidentity.report.page.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Edges for a person, by cluster.
public final class AccessTable {
  private static final int STATUS = 8;
  private static final int MECHANISM = 13;
  private static final int RIGHTS = 8;
  private static final int BOUND = 11;
  private static final int INDENT = 2;

  private final Page page;

  private AccessTable(Page page) {
    this.page = page;
  }

  /// The whole table.
  public static String render(Assessment assessment, List<Edge> edges, int width, boolean colour) {
    Page page = new Page(width, colour);
    if (!assessment.complete()) {
      new CoverageText(assessment).inShort(page);
    }
    new AccessTable(page).write(edges);
    return page.toString();
  }

  private void write(List<Edge> edges) {
    Map<Edge.Place, List<Edge>> places =
        edges.stream()
            .collect(Collectors.groupingBy(Edge::place, LinkedHashMap::new, Collectors.toList()));
    places.forEach(this::place);
    page.blank().paragraph(0, Style.BOLD, totals(edges));
    if (edges.stream().anyMatch(edge -> edge.declared() == Truth.UNKNOWN)) {
      page.hanging(
          0,
          "bound?  ",
          Style.NONE,
          "a trust policy names the service account; whether it is annotated is not known, because"
              + " the service accounts of the cluster were not read");
    }
  }

  private void place(Edge.Place place, List<Edge> edges) {
    page.blank()
        .line(
            0,
            Style.BOLD,
            EdgeText.place(place) + place.region().map(region -> " in " + region).orElse(""));
    int longest = 2 + edges.stream().mapToInt(edge -> Columns.of(account(edge))).max().orElse(0);
    int names = (page.width() - INDENT - STATUS - MECHANISM - RIGHTS - BOUND) / 2;
    int account = page.whole() ? longest : Math.min(names, longest);
    for (Edge edge : edges) {
      String row =
          pad(edge.status().id(), STATUS)
              + pad(account(edge), account)
              + pad(edge.mechanism().id(), MECHANISM)
              + pad(EdgeText.bound(edge), BOUND)
              + pad(edge.rights().id(), RIGHTS);
      int rest = Math.max(10, page.width() - INDENT - Columns.of(row));
      String role = Plain.of(role(edge));
      page.line(
          INDENT, style(edge.status()), row + (page.whole() ? role : Columns.shorten(role, rest)));
    }
  }

  private static String account(Edge edge) {
    return Plain.of(edge.serviceAccount()) + (edge.except().isEmpty() ? "" : " but some");
  }

  private static String role(Edge edge) {
    return Names.ofRole(edge.role())
        + edge.targetRole().map(target -> " -> " + Names.ofRole(target)).orElse("");
  }

  private static String pad(String text, int width) {
    String fitting = Columns.shorten(text, width - 1);
    return fitting + " ".repeat(Math.max(1, width - Columns.of(fitting)));
  }

  private static Style style(Edge.Status status) {
    return switch (status) {
      case WORKS -> Style.NONE;
      case BROKEN -> Style.RED;
      case LOOSE -> Style.YELLOW;
      case UNKNOWN -> Style.DIM;
    };
  }

  private static String totals(List<Edge> edges) {
    if (edges.isEmpty()) {
      return "No edges.";
    }
    String counts =
        List.of(Edge.Status.values()).stream()
            .map(
                status ->
                    edges.stream().filter(edge -> edge.status() == status).count()
                        + " "
                        + status.id())
            .collect(Collectors.joining(", "));
    long unbound =
        edges.stream()
            .filter(edge -> edge.declared() == Truth.NO && edge.admitted() == Truth.YES)
            .count();
    return edges.size()
        + (edges.size() == 1 ? " edge: " : " edges: ")
        + counts
        + "; "
        + unbound
        + " let in although nothing binds them.";
  }
}
