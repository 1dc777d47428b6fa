package io.github.eksidentity.report;

import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.lang.reflect.Constructor;
import java.util.List;

/// The tested examples of the rules.
final class RuleExamples {
  private RuleExamples() {}

  /// The examples in the rule's own test class, in their order.
  static List<Example> of(Rule rule) {
    try {
      Constructor<?> constructor =
          Class.forName(rule.getClass().getName() + "Test").getDeclaredConstructor();
      constructor.setAccessible(true);
      return ((RuleContract) constructor.newInstance()).examples().toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("rule " + rule.id() + " has no test class with examples", e);
    }
  }
}
