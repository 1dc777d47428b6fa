package io.github.eksidentity.core.rules.cluster;

import io.github.eksidentity.core.audit.Rule;
import java.util.List;
import java.util.Set;

/// The rules about clusters, evidence of their use, and mutes, in the order of the catalogue.
public final class ClusterRules {
  private ClusterRules() {}

  /// Every rule of the chapter.
  ///
  /// @param others ids of the rules of all other chapters, which a mute may name
  public static List<Rule> with(Set<String> others) {
    return List.of(
        new ClusterStsRegionDisabled(),
        new ClusterNotReadable(),
        new AssumeRoleDenied(),
        new RoleIdleWithRunningPods(),
        new MuteExpired(),
        new MuteUnused(others));
  }
}
