package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.access.AccessGraph;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Inventory;
import java.util.List;

/// What a run saw of an account.
///
/// @param edges who can become what
public record Observed(Assessment assessment, List<Edge> edges) {
  public Observed {
    edges = List.copyOf(edges);
  }

  /// What an audit of these facts says, and the edges in them.
  ///
  /// @param assessment of the same facts with the same settings
  public static Observed of(Inventory inventory, Settings settings, Assessment assessment) {
    AuditContext context = AuditContext.of(inventory, settings, assessment.at());
    return new Observed(assessment, AccessGraph.of(context, assessment));
  }
}
