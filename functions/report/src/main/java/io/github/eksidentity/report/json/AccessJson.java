package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.access.Known;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.explain.Subjects;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/// Edges as JSON, in the form that `docs/access.md` describes. Members are never left out.
public final class AccessJson {
  private static final int VERSION = 1;

  private AccessJson() {}

  /// The whole object with a line break at its end.
  public static String render(Assessment assessment, List<Edge> edges) {
    return AsciiJson.render(
        out -> {
          out.writeStartObject();
          out.writeNumberField("version", VERSION);
          out.writeStringField("account", assessment.account().id());
          out.writeStringField("at", assessment.at().toString());
          out.writeBooleanField("complete", assessment.complete());
          edges(out, "edges", edges);
          out.writeEndObject();
        });
  }

  /// A member that is a list of edges.
  static void edges(JsonGenerator out, String name, List<Edge> edges) throws IOException {
    out.writeArrayFieldStart(name);
    for (Edge edge : edges) {
      out.writeStartObject();
      members(out, edge, UnaryOperator.identity());
      out.writeStringField("source", edge.source());
      out.writeStringField("subject", edge.subject());
      FindingJson.scopes(out, edge.scopes());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /// What a person wants to know of an edge, without the braces around it.
  ///
  /// @param name makes a name short enough
  public static void members(JsonGenerator out, Edge edge, UnaryOperator<String> name)
      throws IOException {
    out.writeStringField("cluster", name.apply(edge.place().name()));
    AsciiJson.text(out, "region", edge.place().region().map(name));
    out.writeStringField("serviceAccount", name.apply(edge.serviceAccount()));
    AsciiJson.texts(
        out, "except", edge.except().stream().map(Subjects::qualifiedName).map(name).toList());
    out.writeStringField("mechanism", edge.mechanism().id());
    out.writeStringField("role", name.apply(edge.role()));
    AsciiJson.text(out, "targetRole", edge.targetRole().map(name));
    known(out, "declared", edge.declared());
    known(out, "admitted", edge.admitted());
    out.writeStringField("status", edge.status().id());
    out.writeStringField("rights", edge.rights().id());
  }

  /// True, false, or null where it is not known.
  private static void known(JsonGenerator out, String name, Known known) throws IOException {
    switch (known) {
      case YES -> out.writeBooleanField(name, true);
      case NO -> out.writeBooleanField(name, false);
      case UNKNOWN -> out.writeNullField(name);
    }
  }
}
