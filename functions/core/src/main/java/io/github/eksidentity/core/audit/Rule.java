package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.RecordedCaller;
import io.github.eksidentity.core.index.Resource;

/// One check: metadata, and one pure function from the facts about one subject to a verdict. A rule
/// is asked only where every scope that it needs was completely read; it never looks at coverage
/// itself.
public sealed interface Rule {
  /// What is known of the rule before it looks at an account.
  RuleMetadata metadata();

  /// The rule's id.
  default String id() {
    return metadata().id();
  }

  /// A rule about each role that AWS does not own.
  non-sealed interface OnRole extends Rule {
    Verdict evaluate(Role role, AuditContext context);
  }

  /// A rule about each IAM OIDC provider.
  non-sealed interface OnProvider extends Rule {
    Verdict evaluate(OidcProvider provider, AuditContext context);
  }

  /// A rule about each cluster.
  non-sealed interface OnCluster extends Rule {
    Verdict evaluate(Cluster cluster, AuditContext context);
  }

  /// A rule about each Pod Identity association.
  non-sealed interface OnAssociation extends Rule {
    Verdict evaluate(Resource.OfAssociation association, AuditContext context);
  }

  /// A rule about each service account of each cluster. Rules about pods are of this kind too: what
  /// they find in the pods that run with it is evidence, told once for each workload.
  non-sealed interface OnServiceAccount extends Rule {
    Verdict evaluate(Resource.OfServiceAccount serviceAccount, AuditContext context);
  }

  /// A rule about each service account that asked STS for a role, and that role.
  non-sealed interface OnCaller extends Rule {
    Verdict evaluate(RecordedCaller caller, AuditContext context);
  }

  /// A rule about the account as a whole.
  non-sealed interface OnAccount extends Rule {
    Verdict evaluate(AuditContext context);
  }

  /// A rule about each mute, asked when everything else has been judged.
  non-sealed interface OnMute extends Rule {
    Verdict evaluate(Mute mute, MuteContext context);
  }
}
