package io.github.eksidentity.core.policy.tree;

import java.util.List;

/// A parsed role trust policy.
///
/// @param source the document's text, decoded from the URL encoding in which IAM returns it
/// @param version `2012-10-17`, or `2008-10-17`, which is also the default; only the former
/// resolves variables
/// @param statements in order, at least one
public record TrustPolicy(String source, String version, List<Statement> statements) {
  /// The version in which policy variables are resolved.
  public static final String CURRENT_VERSION = "2012-10-17";

  public TrustPolicy {
    statements = List.copyOf(statements);
  }

  /// Whether `${…}` in a value is a variable and not plain text.
  public boolean resolvesVariables() {
    return version.equals(CURRENT_VERSION);
  }

  /// The same policy with other statements, for asking what would be.
  public TrustPolicy with(List<Statement> others) {
    return new TrustPolicy(source, version, others);
  }

  /// The statements of this effect, in order.
  public List<Statement> statements(Effect effect) {
    return statements.stream().filter(statement -> statement.effect() == effect).toList();
  }
}
