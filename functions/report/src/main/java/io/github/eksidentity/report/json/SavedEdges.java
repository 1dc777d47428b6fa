package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.report.json.SavedReport.NotAReport;
import java.util.ArrayList;
import java.util.List;

/// Edges in the form of [AccessJson], read back.
final class SavedEdges {
  private SavedEdges() {}

  static List<Edge> of(JsonMembers<NotAReport> report) throws NotAReport {
    List<Edge> edges = new ArrayList<>();
    for (JsonMembers<NotAReport> edge : report.requiredObjects("edges")) {
      edges.add(edge(edge));
    }
    return edges;
  }

  private static Edge edge(JsonMembers<NotAReport> edge) throws NotAReport {
    return new Edge(
        new Edge.Place(edge.text("cluster"), edge.optionalText("region")),
        edge.text("source"),
        edge.text("subject"),
        edge.requiredTexts("except").stream().map(Subject::of).toList(),
        SavedReport.oneOf(edge, "mechanism", Mechanism.values(), Mechanism::id),
        edge.text("role"),
        edge.optionalText("targetRole"),
        known(edge, "declared"),
        known(edge, "admitted"),
        SavedReport.oneOf(edge, "status", Edge.Status.values(), Edge.Status::id),
        SavedReport.oneOf(edge, "rights", Rights.values(), Rights::id),
        SavedReport.scopes(edge));
  }

  private static Truth known(JsonMembers<NotAReport> edge, String name) throws NotAReport {
    return edge.optionalFlag(name).map(yes -> yes ? Truth.YES : Truth.NO).orElse(Truth.UNKNOWN);
  }
}
