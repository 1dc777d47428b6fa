package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.List;
import java.util.function.UnaryOperator;

/// Edges as JSON, in the form that `docs/access.md` describes. Members are never left out.
public final class AccessJson {
  private static final int VERSION = 1;

  private AccessJson() {}

  /// The whole object with a line break at its end.
  public static String render(Assessment assessment, List<Edge> edges) {
    return JsonWriter.object(
        Layout.ASCII_REPORT,
        out -> {
          out.number("version", VERSION)
              .text("account", assessment.account().id())
              .text("at", assessment.at().toString())
              .flag("complete", assessment.complete());
          edges(out, "edges", edges);
        });
  }

  /// A member that is a list of edges.
  static void edges(JsonWriter out, String name, List<Edge> edges) {
    out.objects(
        name,
        edges,
        (json, edge) -> {
          members(json, edge, UnaryOperator.identity());
          json.text("source", edge.source()).text("subject", edge.subject());
          FindingJson.scopes(json, edge.scopes());
        });
  }

  /// What a person wants to know of an edge, without the braces around it.
  ///
  /// @param name makes a name short enough
  public static void members(JsonWriter out, Edge edge, UnaryOperator<String> name) {
    out.text("cluster", name.apply(edge.place().name()))
        .textOrNull("region", edge.place().region().map(name))
        .text("serviceAccount", name.apply(edge.serviceAccount()))
        .texts("except", edge.except().stream().map(Subject::qualifiedName).map(name).toList())
        .text("mechanism", edge.mechanism().id())
        .text("role", name.apply(edge.role()))
        .textOrNull("targetRole", edge.targetRole().map(name));
    known(out, "declared", edge.declared());
    known(out, "admitted", edge.admitted());
    out.text("status", edge.status().id()).text("rights", edge.rights().id());
  }

  /// True, false, or null where it is not known.
  private static void known(JsonWriter out, String name, Truth known) {
    switch (known) {
      case YES -> out.flag(name, true);
      case NO -> out.flag(name, false);
      case UNKNOWN -> out.nothing(name);
    }
  }
}
