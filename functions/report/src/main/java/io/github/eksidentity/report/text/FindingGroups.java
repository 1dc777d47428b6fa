package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.report.page.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Findings that belong together.
///
/// @param name what they have in common
/// @param findings worst first, at least one
record FindingGroups(String name, List<Finding> findings) {
  static final String NO_CLUSTER = "no single cluster";

  private static final Comparator<FindingGroups> WORST_FIRST =
      Comparator.comparing(FindingGroups::worst, Comparator.reverseOrder())
          .thenComparing(FindingGroups::name);

  private Severity worst() {
    return findings.getFirst().severity();
  }

  /// By cluster, the cluster with the worst finding first.
  static List<FindingGroups> byCluster(List<Finding> findings) {
    return by(
        findings,
        finding ->
            finding
                .cluster()
                .map(name -> "cluster " + name + " in " + finding.region())
                .orElse(NO_CLUSTER));
  }

  /// By role, or by what else the finding is about where it is about no role.
  static List<FindingGroups> byRole(List<Finding> findings) {
    return by(findings, finding -> Names.subject(finding.role().orElse(finding.resource())));
  }

  private static List<FindingGroups> by(List<Finding> findings, Function<Finding, String> key) {
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    findings.stream()
        .sorted(Finding.ORDER)
        .forEach(
            finding ->
                groups.computeIfAbsent(key.apply(finding), _ -> new ArrayList<>()).add(finding));
    return groups.entrySet().stream()
        .map(group -> new FindingGroups(group.getKey(), List.copyOf(group.getValue())))
        .sorted(WORST_FIRST)
        .toList();
  }
}
