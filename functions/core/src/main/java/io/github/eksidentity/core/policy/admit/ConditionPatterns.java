package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.Variables;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The patterns that tell apart what a condition tells apart.
///
/// @param patterns each once
/// @param unsettled whether the condition compares in a way that no patterns say, as by number
record ConditionPatterns(Set<TextPattern> patterns, boolean unsettled) {
  private static final int COMPONENTS_OF_ARN = 6;
  private static final ConditionPatterns NONE = new ConditionPatterns(Set.of(), false);
  private static final ConditionPatterns UNSETTLED = new ConditionPatterns(Set.of(), true);

  /// The patterns of all values of a condition.
  ///
  /// @param variables whether the policy's version resolves variables
  /// @param anybody requests between which variables may differ
  static ConditionPatterns of(Condition condition, boolean variables, List<Request> anybody) {
    return switch (condition.operator().comparison()) {
      case STRING_EQUALS, STRING_NOT_EQUALS ->
          texts(condition, variables, false, anybody, Kind.TEXT);
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
          texts(condition, variables, false, anybody, Kind.ANY_CASE);
      case STRING_LIKE, STRING_NOT_LIKE -> texts(condition, variables, true, anybody, Kind.TEXT);
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE ->
          texts(condition, variables, true, anybody, Kind.ARN);
      case BOOL ->
          new ConditionPatterns(
              Set.of(
                  TextPattern.ignoringCase(Glob.literal("true"), false),
                  TextPattern.ignoringCase(Glob.literal("false"), false)),
              false);
      case NULL -> NONE;
      case NUMERIC_EQUALS,
          NUMERIC_NOT_EQUALS,
          NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS,
          DATE_EQUALS,
          DATE_NOT_EQUALS,
          DATE_LESS_THAN,
          DATE_LESS_THAN_EQUALS,
          DATE_GREATER_THAN,
          DATE_GREATER_THAN_EQUALS,
          BINARY_EQUALS,
          IP_ADDRESS,
          NOT_IP_ADDRESS ->
          UNSETTLED;
    };
  }

  /// The patterns for texts that have no capitals.
  Set<TextPattern> inSmallLetters() {
    Set<TextPattern> small = new LinkedHashSet<>();
    patterns.forEach(pattern -> small.add(pattern.inSmallLetters()));
    return small;
  }

  private enum Kind {
    TEXT,
    ANY_CASE,
    ARN
  }

  private static ConditionPatterns texts(
      Condition condition, boolean variables, boolean wildcards, List<Request> anybody, Kind kind) {
    Set<TextPattern> patterns = new LinkedHashSet<>();
    for (Text value : condition.values()) {
      for (Glob glob : globs(value.value(), variables, wildcards, anybody)) {
        add(patterns, glob, kind);
      }
    }
    return new ConditionPatterns(patterns, false);
  }

  private static void add(Set<TextPattern> patterns, Glob glob, Kind kind) {
    switch (kind) {
      case TEXT -> patterns.add(TextPattern.of(glob));
      case ANY_CASE -> {
        // The widest folding matters only where the policy itself has letters beyond ASCII.
        patterns.add(TextPattern.ignoringCase(glob, false));
        if (glob.toString().chars().anyMatch(c -> c >= 0x80)) {
          patterns.add(TextPattern.ignoringCase(glob, true));
        }
      }
      case ARN -> {
        patterns.add(TextPattern.arn(Glob.of("*:*:*:*:*:*")));
        if (glob.split(':', COMPONENTS_OF_ARN).size() == COMPONENTS_OF_ARN) {
          patterns.add(TextPattern.arn(glob));
        }
      }
    }
  }

  private static Set<Glob> globs(
      String value, boolean variables, boolean wildcards, List<Request> anybody) {
    if (!variables || !ValuePiece.hasVariable(value)) {
      return Set.of(wildcards ? Glob.of(value) : Glob.literal(value));
    }
    Set<Glob> globs = new LinkedHashSet<>();
    for (Request request : anybody) {
      switch (Variables.resolve(value, wildcards, request)) {
        case Variables.Resolved.Value(Glob glob) -> globs.add(glob);
        case Variables.Resolved.Malformed(_, Set<Glob> readings) -> globs.addAll(readings);
        case Variables.Resolved.NoValue _, Variables.Resolved.Unsettled _ -> {}
      }
    }
    return globs;
  }
}
