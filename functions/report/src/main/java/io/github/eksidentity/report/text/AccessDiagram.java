package io.github.eksidentity.report.text;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.report.page.Plain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Edges as a diagram: service accounts on the left, roles on the right. Nodes have numbers for
/// names and everything from the account stands in quoted labels, escaped.
public final class AccessDiagram {
  /// Node number by label.
  private final Map<String, Integer> nodes = new LinkedHashMap<>();

  private AccessDiagram() {}

  /// In the language of Graphviz.
  public static String dot(List<Edge> edges) {
    AccessDiagram diagram = new AccessDiagram();
    StringBuilder lines = new StringBuilder();
    for (Edge edge : edges) {
      String style = edge.declared() == Truth.YES ? "solid" : "dashed";
      lines.append(
          "  n%d -> n%d [label=\"%s\", style=%s, color=%s];\n"
              .formatted(
                  diagram.node(account(edge)),
                  diagram.node(edge.role()),
                  label(edge),
                  style,
                  colour(edge.status())));
      if (edge.targetRole().isPresent()) {
        lines.append(
            "  n%d -> n%d [label=\"target\"];\n"
                .formatted(diagram.node(edge.role()), diagram.node(edge.targetRole().get())));
      }
    }
    StringBuilder text =
        new StringBuilder("digraph access {\n  rankdir=LR;\n  node [shape=box];\n");
    diagram.nodes.forEach(
        (name, number) -> text.append("  n%d [label=\"%s\"];\n".formatted(number, quoted(name))));
    return text.append(lines).append("}\n").toString();
  }

  /// In the language of Mermaid.
  public static String mermaid(List<Edge> edges) {
    AccessDiagram diagram = new AccessDiagram();
    StringBuilder lines = new StringBuilder();
    for (Edge edge : edges) {
      String arrow = edge.declared() == Truth.YES ? "-->" : "-.->";
      lines.append(
          "  n%d %s|\"%s\"| n%d\n"
              .formatted(
                  diagram.node(account(edge)), arrow, label(edge), diagram.node(edge.role())));
      if (edge.targetRole().isPresent()) {
        lines.append(
            "  n%d -->|\"target\"| n%d\n"
                .formatted(diagram.node(edge.role()), diagram.node(edge.targetRole().get())));
      }
    }
    StringBuilder text = new StringBuilder("flowchart LR\n");
    diagram.nodes.forEach(
        (name, number) -> text.append("  n%d[\"%s\"]\n".formatted(number, entities(name))));
    return text.append(lines).toString();
  }

  private int node(String name) {
    return nodes.computeIfAbsent(name, _ -> nodes.size());
  }

  private static String account(Edge edge) {
    return edge.place().name() + " " + edge.serviceAccount();
  }

  private static String label(Edge edge) {
    return edge.mechanism().id() + " " + edge.status().id() + " " + edge.rights().id();
  }

  private static String colour(Edge.Status status) {
    return switch (status) {
      case WORKS -> "black";
      case BROKEN -> "red";
      case LOOSE -> "orange";
      case UNKNOWN -> "gray";
    };
  }

  private static String quoted(String name) {
    return Plain.of(name).replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /// Everything that Mermaid or HTML could take for more than a letter, as an entity.
  private static String entities(String name) {
    StringBuilder text = new StringBuilder();
    Plain.of(name)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || " -_.:/*".indexOf(c) >= 0) {
                text.appendCodePoint(c);
              } else {
                text.append('#').append(c).append(';');
              }
            });
    return text.toString();
  }
}
