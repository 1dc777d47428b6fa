package io.github.eksidentity.core.remedy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// JSON text from a tree, in the form in which people keep policies.
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /// The tree as text with two spaces of indent, one element a line.
  public static String pretty(Json json) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.setPrettyPrinter(printer());
      write(json, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  /// The object that a text holds.
  ///
  /// @throws IllegalArgumentException if the text is not a JSON object
  public static Json.Obj object(String text) {
    return switch (JsonReader.read(text, JsonLimits.DOCUMENT)) {
      case JsonResult.Read(Json.Obj object) -> object;
      case JsonResult.Read(Json other) ->
          throw new IllegalArgumentException("not an object but " + other.kind());
      case JsonResult.Unreadable(Position at, String message) ->
          throw new IllegalArgumentException(at + ": " + message);
    };
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private static void write(Json json, JsonGenerator generator) throws IOException {
    switch (json) {
      case Json.Obj(_, List<Json.Member> members) -> {
        generator.writeStartObject();
        for (Json.Member member : members) {
          generator.writeFieldName(member.name());
          write(member.value(), generator);
        }
        generator.writeEndObject();
      }
      case Json.Arr(_, List<Json> items) -> {
        generator.writeStartArray();
        for (Json item : items) {
          write(item, generator);
        }
        generator.writeEndArray();
      }
      case Json.Str(_, String value) -> generator.writeString(value);
      case Json.Num(_, String number) -> generator.writeNumber(number);
      case Json.Bool(_, boolean value) -> generator.writeBoolean(value);
      case Json.Null _ -> generator.writeNull();
    }
  }
}
