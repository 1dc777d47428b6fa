package io.github.eksidentity.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes JSON to memory: members of an object, each named with its value, or values of a list. An
/// object or list within is written by a body that is handed the same writer, so that what is
/// opened is closed.
///
/// A text that is empty is left out by [#text(String, Optional)] and null by
/// [#textOrNull(String, Optional)]: a form that people and programs read says which it means.
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private JsonWriter(JsonGenerator json) {
    this.json = json;
  }

  /// How a text is laid out.
  public enum Layout {
    /// On one line, letters as they are.
    LINE,
    /// On one line, in ASCII: no name can command a terminal, and half a surrogate pair, which has
    /// no UTF-8, survives.
    ASCII_LINE,
    /// For people and programs: indented by two, in ASCII, with a line break at its end.
    ASCII_REPORT,
    /// As the AWS CLI prints: indented by four, in ASCII, with a line break at its end.
    AWS_CLI,
    /// As people keep policies: indented by two, one element a line, letters as they are.
    POLICY;

    private JsonGenerator prepare(JsonGenerator json) {
      if (this == ASCII_LINE || this == ASCII_REPORT || this == AWS_CLI) {
        json.setHighestNonEscapedChar('~');
      }
      return switch (this) {
        case LINE, ASCII_LINE -> json;
        case ASCII_REPORT -> json.setPrettyPrinter(indented(new DefaultPrettyPrinter(), "  "));
        case AWS_CLI -> json.setPrettyPrinter(indented(tight(), "    "));
        case POLICY -> json.setPrettyPrinter(indented(tight(), "  "));
      };
    }

    private static DefaultPrettyPrinter tight() {
      return new DefaultPrettyPrinter(
          Separators.createDefaultInstance()
              .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator(""));
    }

    private static DefaultPrettyPrinter indented(DefaultPrettyPrinter printer, String indent) {
      DefaultIndenter indenter = new DefaultIndenter(indent, "\n");
      return printer.withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    private String end() {
      return this == ASCII_REPORT || this == AWS_CLI ? "\n" : "";
    }
  }

  /// The text of one value, which the body writes.
  public static String render(Layout layout, Consumer<JsonWriter> value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = layout.prepare(FACTORY.createGenerator(text))) {
      value.accept(new JsonWriter(json));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return text.append(layout.end()).toString();
  }

  /// The text of one value in UTF-8.
  public static byte[] bytes(Layout layout, Consumer<JsonWriter> value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = layout.prepare(FACTORY.createGenerator(bytes))) {
      value.accept(new JsonWriter(json));
      json.writeRaw(layout.end());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /// The text of one object, whose members the body writes.
  public static String object(Layout layout, Consumer<JsonWriter> members) {
    return render(layout, out -> out.object(members));
  }

  /// The text of a value that was read.
  public static String render(Layout layout, Json value) {
    return render(layout, out -> out.value(value));
  }

  /// A value that was read, in the form in which people keep policies.
  public static String pretty(Json value) {
    return render(Layout.POLICY, value);
  }

  private interface Step {
    void run() throws IOException;
  }

  private JsonWriter then(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return this;
  }

  /// The name of a member, whose value is written next.
  public JsonWriter name(String name) {
    return then(() -> json.writeFieldName(name));
  }

  /// A string, as a value of its own or behind its name.
  public JsonWriter text(String value) {
    return then(() -> json.writeString(value));
  }

  public JsonWriter number(long value) {
    return then(() -> json.writeNumber(value));
  }

  public JsonWriter number(double value) {
    return then(() -> json.writeNumber(value));
  }

  public JsonWriter number(BigDecimal value) {
    return then(() -> json.writeNumber(value));
  }

  public JsonWriter flag(boolean value) {
    return then(() -> json.writeBoolean(value));
  }

  /// The literal null.
  public JsonWriter nothing() {
    return then(json::writeNull);
  }

  /// An object.
  public JsonWriter object(Consumer<JsonWriter> members) {
    then(json::writeStartObject);
    members.accept(this);
    return then(json::writeEndObject);
  }

  /// A list, whose values the body writes.
  public JsonWriter list(Consumer<JsonWriter> values) {
    then(json::writeStartArray);
    values.accept(this);
    return then(json::writeEndArray);
  }

  /// A list of objects.
  public <T> JsonWriter objects(Iterable<T> items, BiConsumer<JsonWriter, T> members) {
    return list(out -> items.forEach(item -> out.object(one -> members.accept(one, item))));
  }

  /// A value that was read.
  public JsonWriter value(Json value) {
    return switch (value) {
      case Json.Obj(_, List<Json.Member> members) ->
          object(out -> members.forEach(member -> out.name(member.name()).value(member.value())));
      case Json.Arr(_, List<Json> items) -> list(out -> items.forEach(out::value));
      case Json.Str(_, String text) -> text(text);
      case Json.Num(_, String digits) -> then(() -> json.writeNumber(digits));
      case Json.Bool(_, boolean flag) -> flag(flag);
      case Json.Null _ -> nothing();
    };
  }

  public JsonWriter text(String name, String value) {
    return name(name).text(value);
  }

  /// A member that is left out where it is empty.
  public JsonWriter text(String name, Optional<String> value) {
    value.ifPresent(text -> text(name, text));
    return this;
  }

  /// A member that is null where it is empty.
  public JsonWriter textOrNull(String name, Optional<String> value) {
    name(name);
    return value.isPresent() ? text(value.get()) : nothing();
  }

  public JsonWriter number(String name, long value) {
    return name(name).number(value);
  }

  /// A member that is null where it is empty.
  public JsonWriter numberOrNull(String name, Optional<Integer> value) {
    name(name);
    return value.isPresent() ? number(value.get()) : nothing();
  }

  public JsonWriter flag(String name, boolean value) {
    return name(name).flag(value);
  }

  public JsonWriter nothing(String name) {
    return name(name).nothing();
  }

  public JsonWriter object(String name, Consumer<JsonWriter> members) {
    return name(name).object(members);
  }

  /// A member that is null where it is empty.
  public <T> JsonWriter objectOrNull(
      String name, Optional<T> value, BiConsumer<JsonWriter, T> members) {
    name(name);
    return value.isPresent() ? object(out -> members.accept(out, value.get())) : nothing();
  }

  public JsonWriter list(String name, Consumer<JsonWriter> values) {
    return name(name).list(values);
  }

  /// A member that is a list of objects.
  public <T> JsonWriter objects(String name, Iterable<T> items, BiConsumer<JsonWriter, T> members) {
    return name(name).objects(items, members);
  }

  /// A member that is a list of strings.
  public JsonWriter texts(String name, Collection<String> values) {
    return list(name, out -> values.forEach(out::text));
  }

  /// A member that is an object of strings, in the order of the map.
  public JsonWriter texts(String name, Map<String, String> values) {
    return object(name, out -> values.forEach((key, value) -> out.text(key, value)));
  }

  /// A member that is an object of numbers, in the order of the map.
  public JsonWriter numbers(String name, Map<String, Integer> values) {
    return object(name, out -> values.forEach((key, value) -> out.number(key, value)));
  }

  /// A member whose value is JSON already, letter for letter.
  public JsonWriter raw(String name, String value) {
    return name(name).then(() -> json.writeRawValue(value));
  }

  /// A line break between two values, for who reads the text line by line.
  public JsonWriter lineBreak() {
    return then(() -> json.writeRaw('\n'));
  }

  /// How many objects and lists are open.
  public int depth() {
    return json.getOutputContext().getNestingDepth();
  }
}
