package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.policy.admit.Admission;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import java.util.List;
import java.util.Optional;

/// Who gets in with a token of any of some audiences.
///
/// @param byAudience one set for each audience
record SubjectsByAudience(List<SubjectSet> byAudience) {
  SubjectsByAudience {
    byAudience = List.copyOf(byAudience);
  }

  /// Whether it is certain that nobody gets in.
  boolean nobody() {
    return byAudience.stream().allMatch(SubjectSet.None.class::isInstance);
  }

  /// Why it cannot be said who gets in.
  Optional<String> unsettled() {
    return byAudience.stream()
        .filter(SubjectSet.Undetermined.class::isInstance)
        .map(set -> ((SubjectSet.Undetermined) set).reason())
        .findFirst();
  }

  /// Whether a subject gets in with one of the audiences.
  boolean contains(String subject) {
    return byAudience.stream().anyMatch(set -> Admission.contains(set, subject));
  }

  /// A subject that gets in.
  Optional<String> example() {
    return byAudience.stream()
        .flatMap(set -> Admission.example(set, SubjectSet.NOBODY).stream())
        .findFirst();
  }

  /// Whether somebody who gets in here does not get in there. Whoever gets in by a statement that
  /// names nobody is nobody in particular: none of them is missed while others get in.
  boolean misses(SubjectsByAudience there) {
    return byAudience.stream()
        .anyMatch(
            set ->
                switch (set) {
                  case SubjectSet.Finite(var subjects) ->
                      subjects.stream().anyMatch(subject -> !there.contains(subject));
                  case SubjectSet.Matching(List<String> patterns, List<String> except) ->
                      patterns.stream()
                          .map(pattern -> new SubjectSet.Matching(List.of(pattern), except))
                          .flatMap(one -> Admission.example(one, SubjectSet.NOBODY).stream())
                          .anyMatch(subject -> !there.contains(subject));
                  case SubjectSet.Everything _,
                      SubjectSet.EverythingExcept _,
                      SubjectSet.None _,
                      SubjectSet.Undetermined _ ->
                      false;
                });
  }
}
