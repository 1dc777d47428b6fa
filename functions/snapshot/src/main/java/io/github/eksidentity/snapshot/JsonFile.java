package io.github.eksidentity.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A JSON file of a snapshot. Policy documents in it are strings, see [DocumentParser].
///
/// @param name as the snapshot calls it
record JsonFile(String name, SnapshotFiles files) {
  /// What a file of a snapshot may weigh in one piece; deeper than a tree, since documents are
  /// skipped and not built.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(500)
                  .maxStringLength(JsonLimits.FILE.string())
                  .maxNameLength(JsonLimits.FILE.string())
                  .maxNumberLength(JsonLimits.FILE.number())
                  .build())
          .build();
  private static final Pattern NOISE =
      Pattern.compile(
          "(: was expecting)? ?\\((start marker|JSON String|CTRL-CHAR).*|\\R.*", Pattern.DOTALL);

  private static final Pattern WORD = Pattern.compile("Unrecognized token '([a-z]+)'");

  /// The file as one object.
  ///
  /// @throws SnapshotException if it is anything else
  JsonMembers<SnapshotException> object() {
    return streamed(Map.of());
  }

  /// The file as one object in which some lists are handed on item by item, so that no more than
  /// one item is held. In what is returned these lists are empty.
  ///
  /// @throws SnapshotException if it is anything else
  JsonMembers<SnapshotException> streamed(
      Map<String, Consumer<JsonMembers<SnapshotException>>> lists) {
    return read(parser -> members(parser, lists));
  }

  /// The file as one list of objects.
  ///
  /// @throws SnapshotException if it is anything else
  List<JsonMembers<SnapshotException>> list() {
    Json value = read(parser -> tree(parser));
    if (value instanceof Json.Arr(_, List<Json> items)) {
      return items.stream().map(item -> members(item, "every item")).toList();
    }
    throw SnapshotException.at(
        name, value.at(), "the file should hold a list, not " + value.kind());
  }

  private JsonMembers<SnapshotException> members(Json value, String what) {
    return JsonMembers.of(
        value, what, fault -> SnapshotException.at(name, fault.at(), fault.sentence(Shown::value)));
  }

  private JsonMembers<SnapshotException> members(
      DocumentParser parser, Map<String, Consumer<JsonMembers<SnapshotException>>> lists)
      throws IOException {
    JsonToken first = parser.nextToken();
    Position start = JsonReader.position(parser);
    if (first != JsonToken.START_OBJECT) {
      parser.again();
      return members(tree(parser), "the file");
    }
    List<Json.Member> members = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      Position at = JsonReader.position(parser);
      Consumer<JsonMembers<SnapshotException>> items = lists.get(member);
      Json value = items == null ? tree(parser) : items(parser, member, items);
      members.add(new Json.Member(at, member, value));
    }
    return members(new Json.Obj(start, members), "the file");
  }

  private Json items(
      DocumentParser parser, String member, Consumer<JsonMembers<SnapshotException>> items)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      parser.again();
      return tree(parser);
    }
    Position at = JsonReader.position(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.again();
      items.accept(members(tree(parser), "every item of \"" + member + "\""));
    }
    return new Json.Arr(at, List.of());
  }

  private static Json tree(DocumentParser parser) {
    return switch (JsonReader.read(parser, JsonLimits.FILE)) {
      case JsonResult.Read(Json value) -> value;
      case JsonResult.Unreadable(Position at, String message) -> throw new NotJson(at, message);
    };
  }

  private <T> T read(Reading<T> reading) {
    try (SourceReader source = new SourceReader(name, files.open(name))) {
      if (source.isBlank()) {
        throw SnapshotException.in(name, "the file is empty");
      }
      return read(reading, source);
    } catch (IOException e) {
      throw SnapshotException.in(name, "cannot be read: " + FileProblem.reason(e));
    }
  }

  private <T> T read(Reading<T> reading, SourceReader source) throws IOException {
    try (JsonParser plain = FACTORY.createParser(source)) {
      T value = reading.read(new DocumentParser(plain, source.passage()));
      if (plain.nextToken() != null) {
        Position at = JsonReader.position(plain);
        throw SnapshotException.inText(name, at, "the file should end here, but goes on");
      }
      return value;
    } catch (NotJson e) {
      throw notJson(source, e.at, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      JsonResult.Unreadable told = JsonReader.unreadable(e);
      throw notJson(source, told.at(), told.message());
    }
  }

  private SnapshotException notJson(SourceReader source, Position at, String message)
      throws IOException {
    String problem =
        isCut(source.whole(), at, message)
            ? "the file ends before its JSON does: it was not written to its end"
            : "cannot be read as JSON: " + NOISE.matcher(message).replaceFirst("");
    return SnapshotException.inText(name, at, problem);
  }

  /// Whether what is wrong is that the text ends, perhaps within a word.
  private static boolean isCut(SourceReader.Extent text, Position at, String message) {
    Matcher word = WORD.matcher(message);
    return message.startsWith("Unexpected end-of-input")
        || text.endsBefore(at)
        || (word.find() && text.endsWith(word.group(1), at.line()));
  }

  /// A value of the file cannot be read.
  private static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Position at;

    NotJson(Position at, String message) {
      super(message);
      this.at = at;
    }
  }

  private interface Reading<T> {
    T read(DocumentParser parser) throws IOException, JsonProcessingException;
  }
}
