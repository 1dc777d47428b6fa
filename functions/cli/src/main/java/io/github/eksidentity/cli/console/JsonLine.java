package io.github.eksidentity.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// JSON on one line, in ASCII.
public final class JsonLine {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonLine() {}

  /// Writes a line.
  public interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  /// What the writer writes.
  public static String of(Writer writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.setHighestNonEscapedChar('~');
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  /// A value as it was read.
  public static String of(Json json) {
    return of(out -> write(out, json));
  }

  private static void write(JsonGenerator out, Json json) throws IOException {
    switch (json) {
      case Json.Obj(_, List<Json.Member> members) -> {
        out.writeStartObject();
        for (Json.Member member : members) {
          out.writeFieldName(member.name());
          write(out, member.value());
        }
        out.writeEndObject();
      }
      case Json.Arr(_, List<Json> items) -> {
        out.writeStartArray();
        for (Json item : items) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case Json.Str(_, String value) -> out.writeString(value);
      case Json.Num(_, String number) -> out.writeNumber(number);
      case Json.Bool(_, boolean value) -> out.writeBoolean(value);
      case Json.Null _ -> out.writeNull();
    }
  }
}
