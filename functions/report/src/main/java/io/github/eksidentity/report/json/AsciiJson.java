package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/// JSON for people and programs: indented, ASCII only, so that no name can command a terminal, with
/// a line break at its end.
public final class AsciiJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AsciiJson() {}

  /// Writes one value.
  public interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  /// What the writer writes.
  static String render(Writer writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      out.setHighestNonEscapedChar('~');
      out.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
      writer.write(out);
      out.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  /// What the writer writes, on one line.
  public static String compact(Writer writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.setHighestNonEscapedChar('~');
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  /// A member that is a list of texts.
  public static void texts(JsonGenerator out, String name, Collection<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  /// A member that is a text or null.
  public static void text(JsonGenerator out, String name, Optional<String> value)
      throws IOException {
    out.writeFieldName(name);
    if (value.isPresent()) {
      out.writeString(value.get());
    } else {
      out.writeNull();
    }
  }
}
