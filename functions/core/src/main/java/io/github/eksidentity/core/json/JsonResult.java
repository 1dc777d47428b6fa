package io.github.eksidentity.core.json;

/// What became of a text that was read as JSON.
public sealed interface JsonResult {
  /// The text is one JSON value.
  record Read(Json value) implements JsonResult {}

  /// The text is not JSON, or more than the limits allow.
  ///
  /// @param at where reading stopped
  /// @param message what stands there and what was expected; may quote a character of the text
  record Unreadable(Position at, String message) implements JsonResult {}
}
