package io.github.eksidentity.core.drift;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Partition;
import java.util.Map;

/// Which rules have had another id. A finding's fingerprint is made of its rule's id, so a finding
/// of the old id lives on under the new one: not resolved, not opened, its first sight kept.
///
/// @param rules from old to new id; a chain of renames names the last id for each
public record Renames(Map<String, String> rules) {
  /// Every rename so far: none.
  public static final Renames NONE = new Renames(Map.of());

  public Renames {
    rules = Map.copyOf(rules);
  }

  /// The state under the fingerprint that the finding has now.
  FindingState apply(FindingState state) {
    String rule = rules.get(state.finding().rule());
    return rule == null ? state : state.withFinding(renamed(state.finding(), rule));
  }

  private static Finding renamed(Finding old, String rule) {
    return new Finding(
        Finding.fingerprint(rule, old.account(), key(old)),
        rule,
        old.severity(),
        old.account(),
        old.region(),
        old.cluster(),
        old.resource(),
        old.role(),
        old.title(),
        old.evidence(),
        old.stsError(),
        old.remediation(),
        old.scopes());
  }

  /// What [io.github.eksidentity.core.index.Resource#key()] gave: only a service account is not
  /// named by what the fingerprint is made of.
  private static String key(Finding finding) {
    return finding
        .cluster()
        .filter(_ -> finding.resource().contains("/") && !finding.resource().startsWith("arn:"))
        .map(cluster -> clusterArn(finding, cluster) + "/serviceaccount/" + finding.resource())
        .orElse(finding.resource());
  }

  private static String clusterArn(Finding finding, String cluster) {
    return new Arn(
            Partition.ofRegion(finding.region()).id(),
            "eks",
            finding.region(),
            finding.account(),
            "cluster/" + cluster)
        .toString();
  }
}
