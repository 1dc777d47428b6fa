package io.github.eksidentity.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes one file in the layout of the AWS CLI. Everything but policy documents is ASCII.
final class JsonOut {
  private static final String INDENT = "    ";
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).build())
          .build();
  private static final DefaultPrettyPrinter LAYOUT =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Spacing.AFTER)
                  .withObjectEmptySeparator("")
                  .withArrayEmptySeparator(""))
          .withObjectIndenter(new DefaultIndenter(INDENT, "\n"))
          .withArrayIndenter(new DefaultIndenter(INDENT, "\n"));

  private final StringWriter text = new StringWriter();
  private final JsonGenerator json;
  private int depth;

  private JsonOut() throws IOException {
    json = FACTORY.createGenerator(text).setPrettyPrinter(LAYOUT.createInstance());
  }

  /// What is written into an object or list.
  interface Body {
    void write(JsonOut out) throws IOException;
  }

  /// A file that holds one object.
  static byte[] object(Body body) {
    return file(out -> out.braces(body));
  }

  /// A file that holds one list of objects.
  static <T> byte[] list(Collection<T> items, Item<T> item) {
    return file(out -> out.brackets(items, item));
  }

  /// What is written of one item.
  interface Item<T> {
    void write(JsonOut out, T item) throws IOException;
  }

  private static byte[] file(Body body) {
    try {
      JsonOut out = new JsonOut();
      body.write(out);
      out.json.close();
      return (out.text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonOut text(String name, String value) throws IOException {
    json.writeStringField(name, value);
    return this;
  }

  JsonOut text(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      text(name, value.get());
    }
    return this;
  }

  JsonOut flag(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
    return this;
  }

  JsonOut number(String name, int value) throws IOException {
    json.writeNumberField(name, value);
    return this;
  }

  JsonOut object(String name, Body body) throws IOException {
    json.writeFieldName(name);
    braces(body);
    return this;
  }

  <T> JsonOut list(String name, Collection<T> items, Item<T> item) throws IOException {
    json.writeFieldName(name);
    brackets(items, item);
    return this;
  }

  JsonOut texts(String name, Collection<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
    return this;
  }

  /// Tags as IAM lists them.
  JsonOut tagList(Map<String, String> tags) throws IOException {
    return list(
        "Tags",
        new TreeMap<>(tags).entrySet(),
        (out, tag) -> out.text("Key", tag.getKey()).text("Value", tag.getValue()));
  }

  /// Tags as EKS maps them.
  JsonOut tagMap(Map<String, String> tags) throws IOException {
    return object(
        "tags",
        out -> {
          for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
            out.text(tag.getKey(), tag.getValue());
          }
        });
  }

  /// A policy document: in its own letters where it is an object, as the AWS CLI prints it, and as
  /// a string where it is anything else.
  JsonOut document(String name, String document) throws IOException {
    if (!isObject(document)) {
      return text(name, Documents.asString(document));
    }
    json.writeFieldName(name);
    json.writeRawValue(Documents.indented(document, INDENT.repeat(depth)));
    return this;
  }

  private void braces(Body body) throws IOException {
    json.writeStartObject();
    depth++;
    body.write(this);
    depth--;
    json.writeEndObject();
  }

  private <T> void brackets(Collection<T> items, Item<T> item) throws IOException {
    json.writeStartArray();
    depth++;
    for (T one : items) {
      braces(out -> item.write(out, one));
    }
    depth--;
    json.writeEndArray();
  }

  /// Whether a text is one JSON object from its first to its last letter.
  private static boolean isObject(String document) {
    if (!document.startsWith("{")
        || !document.endsWith("}")
        || !StandardCharsets.UTF_8.newEncoder().canEncode(document)) {
      return false;
    }
    try (JsonParser parser = FACTORY.createParser(document)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (IOException _) {
      return false;
    }
  }
}
