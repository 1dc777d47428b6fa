package io.github.eksidentity.core.policy.evaluate;

import java.util.List;

/// The answer of the trust evaluator.
public sealed interface Decision {
  /// The steps that led here, one line each, in the order of the policy.
  List<String> trace();

  /// The decisive reason in one sentence.
  String reason();

  /// The decision on several requests that must all be allowed: the first that is denied, else the
  /// first that is unknown, else the first.
  ///
  /// @param all at least one
  static Decision together(List<Decision> all) {
    return all.stream()
        .filter(Denied.class::isInstance)
        .findFirst()
        .or(() -> all.stream().filter(Unknown.class::isInstance).findFirst())
        .orElseGet(all::getFirst);
  }

  /// A statement allows and none denies.
  ///
  /// @param statement index of the first statement that allows
  record Allowed(int statement, String reason, List<String> trace) implements Decision {
    public Allowed {
      trace = List.copyOf(trace);
    }
  }

  /// No statement allows, or one denies.
  ///
  /// @param explicit whether a Deny statement matched
  record Denied(boolean explicit, String reason, List<String> trace) implements Decision {
    public Denied {
      trace = List.copyOf(trace);
    }
  }

  /// The documentation or the facts do not settle it.
  record Unknown(String reason, List<String> trace) implements Decision {
    public Unknown {
      trace = List.copyOf(trace);
    }
  }
}
