package io.github.eksidentity.cli.account;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.report.page.Plain;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads files in YAML, and tells in words what is wrong with one: the parser's own complaint is of
/// what it was doing, not of what the person wrote.
final class YamlText {
  private YamlText() {}

  /// The one document of a file; null where it holds nothing but comments.
  ///
  /// @param name of the file, for messages
  /// @throws Failure names line and column
  static Json read(String name, String text, JsonLimits limits) {
    return read(name, text, limits, true);
  }

  /// The same of a file that holds secrets: no message quotes it.
  static Json withoutQuoting(String name, String text, JsonLimits limits) {
    return read(name, text, limits, false);
  }

  private static Json read(String name, String text, JsonLimits limits, boolean quoting) {
    if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
      return new Json.Null(Position.START);
    }
    try (JsonParser parser = new YAMLFactory().createParser(new StringReader(text))) {
      return switch (JsonReader.read(parser, limits)) {
        case JsonResult.Read(Json value) -> {
          if (parser.nextToken() != null) {
            throw new Failure(name + " holds more than one document.");
          }
          yield value;
        }
        case JsonResult.Unreadable(Position at, String message) ->
            throw broken(name, text, at, quoting ? message : "this is not YAML");
      };
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw broken(
          name,
          text,
          at == null ? Position.START : new Position(at.getLineNr(), at.getColumnNr()),
          quoting ? e.getOriginalMessage() : "this is not YAML");
    } catch (IOException e) {
      throw new IllegalStateException("a text can be read", e);
    }
  }

  private static Failure broken(String name, String text, Position at, String message) {
    Optional<Integer> tab = tab(text);
    if (tab.isPresent() && tab.get() <= at.line() + 1) {
      return new Failure(
          name + ", line " + tab.get() + ": indented by a tab; YAML is indented by spaces.");
    }
    return new Failure(name + ", " + at + ": " + Plain.of(inWords(message)));
  }

  /// The first line that a tab indents, from 1 on.
  private static Optional<Integer> tab(String text) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).matches(" *\\t.*") && !lines.get(i).isBlank())
        .mapToObj(i -> i + 1)
        .findFirst();
  }

  /// The parser begins with what it was about, as "while scanning for the next token", and says on
  /// later lines, which are not kept, what it found.
  private static String inWords(String message) {
    String first = message.lines().findFirst().orElse("");
    return first.startsWith("while ")
        ? "this is not YAML; look for a quotation mark, bracket or colon that is missing, or an"
            + " indent that differs"
        : first;
  }
}
