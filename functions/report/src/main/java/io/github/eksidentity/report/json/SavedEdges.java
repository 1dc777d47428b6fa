package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.access.Known;
import io.github.eksidentity.core.explain.Mechanism;
import io.github.eksidentity.core.explain.Subjects;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.report.json.SavedReport.NotAReport;
import java.util.ArrayList;
import java.util.List;

/// Edges in the form of [AccessJson], read back.
final class SavedEdges {
  private SavedEdges() {}

  static List<Edge> of(SavedObject report) throws NotAReport {
    List<Edge> edges = new ArrayList<>();
    for (SavedObject edge : report.objects("edges")) {
      edges.add(edge(edge));
    }
    return edges;
  }

  private static Edge edge(SavedObject edge) throws NotAReport {
    return new Edge(
        new Edge.Place(edge.text("cluster"), edge.optionalText("region")),
        edge.text("source"),
        edge.text("subject"),
        edge.texts("except").stream().map(Subjects::of).toList(),
        edge.oneOf("mechanism", Mechanism.values(), Mechanism::id),
        edge.text("role"),
        edge.optionalText("targetRole"),
        known(edge, "declared"),
        known(edge, "admitted"),
        edge.oneOf("status", Edge.Status.values(), Edge.Status::id),
        edge.oneOf("rights", Rights.values(), Rights::id),
        edge.scopes("scopes"));
  }

  private static Known known(SavedObject edge, String name) {
    return edge.optionalFlag(name).map(yes -> yes ? Known.YES : Known.NO).orElse(Known.UNKNOWN);
  }
}
