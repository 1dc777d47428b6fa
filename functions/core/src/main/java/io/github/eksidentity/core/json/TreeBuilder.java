package io.github.eksidentity.core.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the tree of one value from a parser's tokens. It keeps its own stack, so that depth costs
/// heap and not the thread's stack.
final class TreeBuilder {
  private final JsonParser parser;
  private final JsonLimits limits;
  private final Deque<Open> open = new ArrayDeque<>();
  private int values;
  private @Nullable Json root;

  TreeBuilder(JsonParser parser, JsonLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  /// An object or list that is not closed yet.
  private static final class Open {
    final boolean object;
    final Position at;
    final List<Json> items = new ArrayList<>();
    final List<Json.Member> members = new ArrayList<>();
    String name = "";
    Position nameAt = Position.START;

    Open(boolean object, Position at) {
      this.object = object;
      this.at = at;
    }

    void add(Json value) {
      if (object) {
        members.add(new Json.Member(nameAt, name, value));
      } else {
        items.add(value);
      }
    }

    Json close() {
      return object ? new Json.Obj(at, members) : new Json.Arr(at, items);
    }
  }

  JsonResult read() {
    return build(false);
  }

  /// The value whose first token the parser stands at.
  JsonResult readCurrent() {
    return build(true);
  }

  private JsonResult build(boolean standsAtFirst) {
    try {
      boolean current = standsAtFirst;
      while (root == null) {
        JsonToken token = current ? parser.currentToken() : parser.nextToken();
        current = false;
        if (token == null) {
          return unreadable(parser.currentLocation(), "the document is empty");
        }
        if (++values > limits.values()) {
          return unreadable(parser.currentTokenLocation(), "more values than the limit");
        }
        if (token.isStructStart() && open.size() == limits.depth()) {
          return unreadable(
              parser.currentTokenLocation(),
              "objects and lists nested deeper than " + limits.depth() + " levels");
        }
        accept(token);
      }
      return new JsonResult.Read(root);
    } catch (JsonProcessingException failure) {
      return JsonReader.unreadable(failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept(JsonToken token) throws IOException {
    Position at = position(parser.currentTokenLocation());
    switch (token) {
      case START_OBJECT -> open.push(new Open(true, at));
      case START_ARRAY -> open.push(new Open(false, at));
      case END_OBJECT, END_ARRAY -> add(open.pop().close());
      case FIELD_NAME -> {
        Open object = open.element();
        object.name = parser.currentName();
        object.nameAt = at;
      }
      case VALUE_STRING -> add(new Json.Str(at, parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(new Json.Num(at, parser.getText()));
      case VALUE_TRUE -> add(new Json.Bool(at, true));
      case VALUE_FALSE -> add(new Json.Bool(at, false));
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> add(new Json.Null(at));
    }
  }

  private void add(Json value) {
    Open parent = open.peek();
    if (parent == null) {
      root = value;
    } else {
      parent.add(value);
    }
  }

  private static JsonResult unreadable(JsonLocation location, String message) {
    return new JsonResult.Unreadable(position(location), message);
  }

  static Position position(@Nullable JsonLocation location) {
    return location == null
        ? Position.START
        : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
