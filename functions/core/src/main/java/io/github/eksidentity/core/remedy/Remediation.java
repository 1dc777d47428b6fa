package io.github.eksidentity.core.remedy;

import java.util.List;

/// What to do about a finding.
public sealed interface Remediation {
  /// In one or two sentences.
  String advice();

  /// Changes that mend it, safe to make as they stand.
  ///
  /// @param changes in the order in which to make them, at least one
  record Fix(String advice, List<Change> changes) implements Remediation {
    public Fix {
      changes = List.copyOf(changes);
      if (changes.isEmpty()) {
        throw new IllegalArgumentException("a fix needs a change");
      }
    }
  }

  /// No fix can be derived, because only people know the answer.
  ///
  /// @param advice what to decide
  /// @param options what can be done, each in one sentence with the command or document that would
  /// do it
  record Decide(String advice, List<String> options) implements Remediation {
    public Decide {
      options = List.copyOf(options);
    }
  }

  /// A fix of one change.
  static Remediation fix(String advice, Change... changes) {
    return new Fix(advice, List.of(changes));
  }

  /// A decision to take.
  static Remediation decide(String advice, String... options) {
    return new Decide(advice, List.of(options));
  }
}
