package io.github.eksidentity.cli.account;

import io.github.eksidentity.core.access.AccessGraph;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.MuteList;
import java.util.List;

/// An account and what an audit says of it.
public record Audited(AuditContext context, Assessment assessment) {
  public static Audited of(Auditor auditor, AuditContext context) {
    return new Audited(context, auditor.audit(context, MuteList.NONE));
  }

  /// Who can become what. It takes time, so that only who shows it should ask.
  public List<Edge> edges() {
    return AccessGraph.of(context, assessment);
  }
}
