package io.github.eksidentity.core.policy.tree;

import io.github.eksidentity.core.json.Position;

/// A string of a policy and where it stands.
///
/// @param value as written, unescaped; a boolean or number is kept in the letters of its source
/// @param at where the value begins
public record Text(String value, Position at) {}
