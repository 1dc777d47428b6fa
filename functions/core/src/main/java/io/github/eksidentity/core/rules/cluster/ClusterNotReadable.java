package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Flags a cluster whose Kubernetes API was asked and did not tell everything. Coverage is this
/// rule's subject, so it looks at it where others say what they need.
public final class ClusterNotReadable implements Rule.OnCluster {
  /// How often it was tried is another number each time.
  private static final Pattern ATTEMPTS = Pattern.compile(", tried [0-9]+ times");

  private static final RuleMetadata METADATA =
      rule(
              "cluster-not-readable",
              Severity.INFO,
              Impact.HYGIENE,
              Category.CLUSTER,
              "The cluster's Kubernetes API could not be read")
          .why(
              "The audit was asked to read the cluster, and the API server did not know the caller,"
                  + " did not allow it, or was not reached. What the cluster's owner leaves out on"
                  + " purpose, as webhook configurations and RBAC, is not reported.")
          .risk(
              "Nothing is known of the cluster's service accounts and pods: rules about them are"
                  + " undecided, and their old findings stay open.")
          .remediation("Let the auditor in by an access entry and a role that may only list.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html")
          .needs(Need.EKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    List<Evidence> evidence = new ArrayList<>();
    Set<String> commands = new LinkedHashSet<>();
    for (Scope.Kind kind : Scope.Kind.OF_KUBERNETES) {
      Scope scope = Scope.cluster(kind, cluster.region(), cluster.name());
      switch (context.inventory().coverageOf(scope)) {
        case Coverage.Complete _, Coverage.Skipped _ -> {}
        case Coverage.Failed(String reason, _) -> {
          evidence.add(evidence(kind, "not read", reason));
          commands.add(advice(reason));
        }
        case Coverage.Partial(String reason, _) -> {
          evidence.add(evidence(kind, "read in part", reason));
          commands.add(advice(reason));
        }
      }
    }
    if (evidence.isEmpty()) {
      return Verdict.satisfied();
    }
    commands.remove("");
    if (commands.isEmpty()) {
      commands.add("Mend what the reason names, and audit again.");
    }
    return Verdict.violated(
        METADATA.severity(),
        "The Kubernetes API of cluster %s could not be read".formatted(cluster.name()),
        evidence,
        Remediation.decide(
            "Decide whether the audit is to read the cluster; if it is, mend the reason.",
            commands.toArray(String[]::new)));
  }

  private static Evidence evidence(Scope.Kind kind, String how, String reason) {
    Evidence evidence =
        Evidence.of("%s were %s".formatted(kind.id(), how))
            .withKey(kind.id())
            .withValue(reason(reason));
    return ATTEMPTS.matcher(reason).find() ? evidence.passing() : evidence;
  }

  private static String reason(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end);
  }

  /// Whoever reads a cluster ends a reason with what would mend it.
  private static String advice(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? "" : text.substring(end + 2);
  }
}
