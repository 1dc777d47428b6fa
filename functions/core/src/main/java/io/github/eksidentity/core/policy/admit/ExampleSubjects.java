package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Glob;
import java.util.List;
import java.util.stream.Stream;

/// Subjects that a person can believe in, made from patterns: what a stranger could call a
/// namespace or a service account.
final class ExampleSubjects {
  private static final List<String> FILLS =
      List.of("b", "other", "-other", "other-", "x", "-x:app", "x:app", "other:app", "default", "");
  private static final int MOST_WILDCARDS = 4;

  private ExampleSubjects() {}

  /// Candidates, best first; some of them are not in the set.
  static Stream<String> candidates(SubjectSet set) {
    return switch (set) {
      case SubjectSet.None _, SubjectSet.Undetermined _ -> Stream.empty();
      case SubjectSet.Finite(var subjects) -> subjects.stream();
      case SubjectSet.Matching(List<String> patterns, List<String> except) ->
          Stream.concat(
              patterns.stream().flatMap(ExampleSubjects::fill), shortest(patterns, except));
      case SubjectSet.Everything _ -> anybody();
      case SubjectSet.EverythingExcept(List<String> patterns) ->
          Stream.concat(anybody(), shortest(List.of("*"), patterns));
    };
  }

  private static Stream<String> anybody() {
    return Stream.of("default:default", "other:app", "kube-system:default", "other:default")
        .map(name -> SubjectGrammar.PREFIX + name);
  }

  /// Subjects that a pattern may cover.
  static Stream<String> fill(String pattern) {
    if (!Glob.hasWildcard(pattern)) {
      return Stream.of(pattern);
    }
    if (pattern.chars().filter(c -> c == '*' || c == '?').count() > MOST_WILDCARDS) {
      return Stream.empty();
    }
    return filled("", pattern).filter(SubjectGrammar::accepts);
  }

  private static Stream<String> filled(String done, String rest) {
    int star = rest.indexOf('*');
    int mark = rest.indexOf('?');
    int at = star < 0 ? mark : mark < 0 ? star : Math.min(star, mark);
    if (at < 0) {
      return Stream.of(done + rest);
    }
    String head = done + rest.substring(0, at);
    String tail = rest.substring(at + 1);
    return rest.charAt(at) == '?'
        ? filled(head + "x", tail)
        : FILLS.stream().flatMap(text -> filled(head + text, tail));
  }

  /// The shortest subjects, for patterns that no plausible name fits.
  private static Stream<String> shortest(List<String> patterns, List<String> except) {
    List<TextPattern> all =
        Stream.concat(patterns.stream(), except.stream()).map(TextPattern::of).toList();
    return TextClasses.of(SubjectGrammar.subject(), all, List.of(), new Work(Work.ADMISSION))
        .stream()
        .flatMap(List::stream)
        .map(TextClasses.TextClass::example);
  }
}
