package io.github.eksidentity.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads JSON into a tree that knows its positions. Never throws on any text.
public final class JsonReader {
  private JsonReader() {}

  /// Reads a text. A byte order mark is not JSON.
  public static JsonResult read(String text, JsonLimits limits) {
    if (text.length() > limits.length()) {
      return tooLong(limits);
    }
    return read(new StringReader(text), limits);
  }

  /// Reads UTF-8. A byte order mark at the beginning is skipped, as Windows editors write one;
  /// bytes that are not UTF-8 are an error at their place.
  public static JsonResult read(byte[] utf8, JsonLimits limits) {
    int start = startsWithByteOrderMark(utf8) ? 3 : 0;
    if (utf8.length - start > limits.length()) {
      return tooLong(limits);
    }
    ByteBuffer in = ByteBuffer.wrap(utf8, start, utf8.length - start);
    CharBuffer out = CharBuffer.allocate(Math.max(1, utf8.length - start));
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    out.flip();
    if (result.isError()) {
      return new JsonResult.Unreadable(endOf(out), "a byte that is not UTF-8");
    }
    return read(new CharArrayReader(out.array(), 0, out.length()), limits);
  }

  /// Reads the next value of a parser of any format, and leaves the parser behind it: with
  /// jackson-dataformat-yaml this reads YAML. The parser's own constraints apply beside the limits;
  /// positions are as the parser counts them.
  ///
  /// @throws UncheckedIOException if the parser's source cannot be read
  public static JsonResult read(JsonParser parser, JsonLimits limits) {
    return new TreeBuilder(parser, limits).read();
  }

  /// Reads the value whose first token the parser stands at, and leaves the parser at its last.
  ///
  /// @throws UncheckedIOException if the parser's source cannot be read
  public static JsonResult readCurrent(JsonParser parser, JsonLimits limits) {
    return new TreeBuilder(parser, limits).readCurrent();
  }

  /// Where a parser stands.
  public static Position position(JsonParser parser) {
    return TreeBuilder.position(parser.currentTokenLocation());
  }

  /// The object that a document holds.
  ///
  /// @throws IllegalArgumentException if the text is not a JSON object
  public static Json.Obj object(String text) {
    return switch (read(text, JsonLimits.DOCUMENT)) {
      case JsonResult.Read(Json.Obj object) -> object;
      case JsonResult.Read(Json other) ->
          throw new IllegalArgumentException("not an object but " + other.kind());
      case JsonResult.Unreadable(Position at, String message) ->
          throw new IllegalArgumentException(at + ": " + message);
    };
  }

  private static JsonResult read(Reader text, JsonLimits limits) {
    try (JsonParser parser = factory(limits).createParser(text)) {
      JsonResult result = new TreeBuilder(parser, limits).read();
      return result instanceof JsonResult.Read && parser.nextToken() != null
          ? new JsonResult.Unreadable(
              TreeBuilder.position(parser.currentTokenLocation()),
              "more text behind the end of the document")
          : result;
    } catch (JsonProcessingException failure) {
      return unreadable(failure);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// What a parser's complaint means.
  public static JsonResult.Unreadable unreadable(JsonProcessingException failure) {
    String message =
        failure instanceof StreamConstraintsException
            ? "a name, string or number that is longer than the limit"
            : firstSentence(failure.getOriginalMessage());
    return new JsonResult.Unreadable(TreeBuilder.position(failure.getLocation()), message);
  }

  private static String firstSentence(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /// Makes parsers that keep to the limits, of values to be read one by one.
  public static JsonFactory factory(JsonLimits limits) {
    return JsonFactory.builder()
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth() + 1)
                .maxStringLength(limits.string())
                .maxNameLength(limits.string())
                .maxNumberLength(limits.number())
                .maxDocumentLength(limits.length())
                .build())
        .build();
  }

  private static JsonResult tooLong(JsonLimits limits) {
    return new JsonResult.Unreadable(
        Position.START, "the document is longer than " + limits.length() + " characters");
  }

  private static boolean startsWithByteOrderMark(byte[] utf8) {
    return utf8.length >= 3
        && utf8[0] == (byte) 0xEF
        && utf8[1] == (byte) 0xBB
        && utf8[2] == (byte) 0xBF;
  }

  private static Position endOf(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Position(line, column);
  }
}
