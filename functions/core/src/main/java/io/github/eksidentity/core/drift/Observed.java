package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.access.AccessGraph;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.MuteList;
import java.util.List;

/// What a run saw of an account.
///
/// @param edges who can become what
public record Observed(Assessment assessment, List<Edge> edges) {
  public Observed {
    edges = List.copyOf(edges);
  }

  /// What an audit of these facts says, and the edges in them.
  public static Observed of(Auditor auditor, AuditContext context, MuteList mutes) {
    Assessment assessment = auditor.audit(context, mutes);
    return new Observed(assessment, AccessGraph.of(context, assessment));
  }
}
