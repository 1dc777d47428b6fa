package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonFault;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;

/// An answer is not what its documentation says. The message is part of a sentence for people, as
/// `"metadata" is missing`.
public final class ShapeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Position at;

  private ShapeException(JsonFault fault) {
    this(fault.at(), fault.sentence());
  }

  ShapeException(Position at, String message) {
    super(message);
    this.at = at;
  }

  /// The members of an object that is no answer where one of them is not as it should be.
  static JsonMembers<ShapeException> members(Json.Obj object) {
    return new JsonMembers<>(object, ShapeException::new);
  }

  /// The members of what should be an object.
  ///
  /// @param what what it is, for the message
  static JsonMembers<ShapeException> members(Json value, String what) throws ShapeException {
    return JsonMembers.of(value, what, ShapeException::new);
  }

  /// The value that was read.
  static Json value(JsonResult result) throws ShapeException {
    return switch (result) {
      case JsonResult.Read(Json value) -> value;
      case JsonResult.Unreadable(Position at, String message) ->
          throw new ShapeException(at, message);
    };
  }

  /// Where in the answer.
  public Position at() {
    return at;
  }

  /// What is wrong there.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
