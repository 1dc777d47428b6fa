package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Coverage;
import java.util.List;
import java.util.Optional;

/// Things that belong to a cluster, and how well they were read.
///
/// @param clusterGone the problem where EKS says that the cluster itself does not exist
record ClusterPart<T>(List<T> items, Coverage coverage, Optional<ReadProblem> clusterGone) {

  static <T> ClusterPart<T> of(Paged<?> listed, List<CallOutcome<T>> answers) {
    Described<T> described = Described.of(listed, answers);
    return new ClusterPart<>(
        described.items(),
        described.coverage(),
        listed.gone() ? listed.problem() : Optional.empty());
  }

  static <T> ClusterPart<T> skipped(String reason) {
    return new ClusterPart<>(List.of(), new Coverage.Skipped(reason), Optional.empty());
  }
}
