package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;

/// One principal of a statement.
///
/// @param value an ARN, an account id, a service name or `*`, as written
/// @param at where the value begins
public record Principal(PrincipalKind kind, String value, Position at) {}
