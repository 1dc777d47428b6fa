package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonFault;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// A file with one JSON object a line, worked on line by line: a line that is broken costs nothing
/// but itself.
final class JsonLines {
  private static final int LONGEST_LINE = 4 << 20;
  private static final JsonLimits LIMITS =
      new JsonLimits(LONGEST_LINE, 64, 1_000_000, LONGEST_LINE, 100);
  private static final Json NO_ID = new Json.Null(Position.START);

  private JsonLines() {}

  /// A line that cannot be worked on. The message says why.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /// What to do with the lines.
  interface Work {
    /// The answer to a line, a JSON object on one line.
    ///
    /// @throws Malformed if the object is not what it should be
    String answer(Json.Obj line) throws Malformed;

    /// The answer to a line that cannot be worked on.
    ///
    /// @param id of the line
    String refusal(Json id, String reason);
  }

  /// Answers every line that is not blank, in order.
  ///
  /// @return whether every line could be worked on
  static boolean run(Console console, String name, InputStream stream, Work work) {
    boolean good = true;
    try (InputStream in = new BufferedInputStream(stream, 1 << 16)) {
      int number = 0;
      for (Optional<byte[]> line = next(in); line.isPresent(); line = next(in)) {
        number++;
        if (!isBlank(line.get())) {
          good &= answer(console, number, line.get(), work);
        }
      }
    } catch (IOException e) {
      throw new Failure(Inputs.unreadable(name, e), e);
    }
    return good;
  }

  private static boolean answer(Console console, int number, byte[] line, Work work) {
    Json id = NO_ID;
    try {
      Json.Obj object = object(line);
      id = id(object);
      console.print(work.answer(object) + "\n");
      return true;
    } catch (Malformed e) {
      console.print(work.refusal(id, "line " + number + ": " + e.reason()) + "\n");
      return false;
    }
  }

  /// What a line is called by who wrote it, null where it has no id.
  static Json id(Json.Obj line) {
    return line.get("id").orElse(NO_ID);
  }

  private static Json.Obj object(byte[] line) throws Malformed {
    return switch (JsonReader.read(line, LIMITS)) {
      case JsonResult.Read(Json.Obj object) -> object;
      case JsonResult.Read(Json other) -> throw new Malformed("not an object but " + other.kind());
      case JsonResult.Unreadable(var at, String message) ->
          throw new Malformed("not JSON at column " + at.column() + ": " + message);
    };
  }

  private static boolean isBlank(byte[] line) {
    for (byte unit : line) {
      if (unit != ' ' && unit != '\t' && unit != '\r') {
        return false;
      }
    }
    return true;
  }

  /// The next line without its end. What is longer than any case is cut, so that it is refused and
  /// takes no more memory than that.
  private static Optional<byte[]> next(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    int unit = in.read();
    if (unit < 0) {
      return Optional.empty();
    }
    while (unit >= 0 && unit != '\n') {
      if (line.size() <= LONGEST_LINE) {
        line.write(unit);
      }
      unit = in.read();
    }
    return Optional.of(line.toByteArray());
  }

  /// The members of a line. Null is as good as no member.
  static JsonMembers<Malformed> members(Json.Obj line) {
    return new JsonMembers<>(line, JsonLines::refused);
  }

  private static Malformed refused(JsonFault fault) {
    if (fault.part() == JsonFault.Part.NAME) {
      return new Malformed(fault.sentence());
    }
    return new Malformed(
        fault
            .found()
            .filter(value -> !(value instanceof Json.Null))
            .map(value -> fault.name() + " must be " + fault.expected() + ", not " + value.kind())
            .orElseGet(() -> "the member " + fault.name() + " is missing"));
  }
}
