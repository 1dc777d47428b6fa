package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same policy without the patterns of a condition that others of its patterns cover anyway, so
/// that hundreds of patterns beside a star are found to be a star.
final class Simplification {
  private static final int MOST_VALUES = 1_000;
  private static final int MOST_PAIRED = 200;
  private static final List<String> SOMEBODY =
      List.of(
          "system:serviceaccount:a:b",
          "system:serviceaccount:kube-system:aws-node",
          "system:serviceaccount:x-0:y.z");

  private final String subjectKey;
  private final boolean variables;

  private Simplification(String subjectKey, boolean variables) {
    this.subjectKey = subjectKey;
    this.variables = variables;
  }

  /// What the policy says of subjects, with fewer patterns.
  static TrustPolicy of(TrustPolicy policy, String subjectKey) {
    Simplification simplification = new Simplification(subjectKey, policy.resolvesVariables());
    return new TrustPolicy(
        policy.source(),
        policy.version(),
        policy.statements().stream().map(simplification::simple).toList());
  }

  private Statement simple(Statement statement) {
    return statement.with(statement.conditions().stream().map(this::simple).toList());
  }

  private Condition simple(Condition condition) {
    boolean patterns =
        switch (condition.operator().comparison()) {
          case STRING_LIKE, STRING_NOT_LIKE -> true;
          default -> false;
        };
    return patterns
            && condition.key().equalsIgnoreCase(subjectKey)
            && condition.values().size() <= MOST_VALUES
        ? withValues(condition, uncovered(condition.values()))
        : condition;
  }

  private static Condition withValues(Condition condition, List<Text> values) {
    return new Condition(
        condition.operator(), condition.operatorAt(), condition.key(), condition.keyAt(), values);
  }

  private List<Text> uncovered(List<Text> values) {
    if (variables && values.stream().anyMatch(value -> ValuePiece.hasVariable(value.value()))) {
      return values;
    }
    Optional<Text> everybody =
        values.stream().filter(value -> coversEverybody(value.value())).findFirst();
    if (everybody.isPresent()) {
      return List.of(everybody.get());
    }
    if (values.size() > MOST_PAIRED) {
      return values;
    }
    List<TextPattern> kept = new ArrayList<>();
    List<Text> left = new ArrayList<>();
    for (Text value : values) {
      TextPattern pattern = TextPattern.of(value.value());
      if (kept.stream().noneMatch(other -> other.covers(pattern))) {
        kept.add(pattern);
        left.add(value);
      }
    }
    return left;
  }

  private static boolean coversEverybody(String pattern) {
    return SOMEBODY.stream().allMatch(subject -> Glob.matches(pattern, subject))
        && TextClasses.of(
                SubjectGrammar.subject(),
                List.of(TextPattern.of(pattern)),
                List.of(),
                new Work(Work.ADMISSION / 100))
            .filter(classes -> classes.size() == 1)
            .isPresent();
  }
}
