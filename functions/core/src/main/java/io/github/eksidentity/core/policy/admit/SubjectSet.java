package io.github.eksidentity.core.policy.admit;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/// Which subjects of a cluster a statement or policy admits, exactly. Only subjects that a token
/// can carry count: `system:serviceaccount:<namespace>:<name>` with names that Kubernetes accepts.
public sealed interface SubjectSet {
  /// Nobody.
  record None() implements SubjectSet {}

  /// Exactly these.
  ///
  /// @param subjects at least one
  record Finite(SortedSet<String> subjects) implements SubjectSet {}

  /// Every subject that one of the patterns matches and none of the exclusions.
  ///
  /// @param patterns patterns of StringLike, in the policy's own letters; an exact name is a
  /// pattern without wildcard
  /// @param except patterns that are kept out, mostly empty
  record Matching(List<String> patterns, List<String> except) implements SubjectSet {
    public Matching {
      patterns = List.copyOf(patterns);
      except = List.copyOf(except);
    }
  }

  /// Every service account of the cluster.
  record Everything() implements SubjectSet {}

  /// Every service account but those that a pattern matches.
  record EverythingExcept(List<String> patterns) implements SubjectSet {
    public EverythingExcept {
      patterns = List.copyOf(patterns);
    }
  }

  /// Not decided: the reason says which condition stands in the way.
  record Undetermined(String reason) implements SubjectSet {}

  /// An empty intention, for asking for any example.
  Set<String> NOBODY = Set.of();
}
