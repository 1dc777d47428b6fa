package io.github.eksidentity.cli.store;

import io.github.eksidentity.core.drift.StoreEntry;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// A line of a store's journal: an entry as a JSON object, which says in which version of the form
/// it is written and ends with a checksum of all that stands before that.
///
/// `{"is":"Runs","runs":[…],"version":1,"sum":"0a1b2c3d"}`
final class JournalLine {
  /// The form that is written, and the newest that is read. Lines without one are from before there
  /// were versions and checksums.
  static final int VERSION = 1;

  private static final String SUM = ",\"sum\":\"";
  private static final String END = "\"}";
  private static final int DIGITS = 8;
  private static final int SUM_LENGTH = SUM.length() + DIGITS + END.length();

  private JournalLine() {}

  /// What a line is.
  sealed interface Read {
    /// An entry.
    record Entry(StoreEntry entry) implements Read {}

    /// A line of a form that is not known yet.
    ///
    /// @param version of the form
    record Newer(String version) implements Read {}

    /// No line of a journal, or one that was damaged.
    record Broken(Position at, String message) implements Read {}
  }

  /// The line with its line break, in ASCII, so that no name in it can command the terminal that
  /// shows the file.
  static byte[] of(StoreEntry entry) {
    String object = StoreEntry.JSON.write(entry, StoreEntry.class);
    String text = object.substring(0, object.length() - 1) + ",\"version\":" + VERSION;
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    String line = text + SUM + sum(body, body.length) + END + "\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  /// @param line without its line break
  static Read read(byte[] line) {
    return switch (JsonReader.read(line, JsonLimits.FILE)) {
      case JsonResult.Unreadable(Position at, String message) -> new Read.Broken(at, message);
      case JsonResult.Read(Json.Obj object) -> read(line, object);
      case JsonResult.Read(Json other) ->
          new Read.Broken(other.at(), "expected an object, not " + other.kind());
    };
  }

  private static Read read(byte[] line, Json.Obj object) {
    List<Json> versions =
        object.members().stream()
            .filter(member -> member.name().equals("version"))
            .map(Json.Member::value)
            .toList();
    for (Json version : versions) {
      if (!(version instanceof Json.Num(_, String number))) {
        return new Read.Broken(version.at(), "the version is not a number");
      }
      if (!number.equals(Integer.toString(VERSION))) {
        return new Read.Newer(number);
      }
    }
    if (!versions.isEmpty() && !isWhole(line)) {
      return new Read.Broken(Position.START, "its checksum does not fit: it was changed");
    }
    try {
      return new Read.Entry(StoreEntry.JSON.read(object, StoreEntry.class));
    } catch (RecordJson.Malformed e) {
      return new Read.Broken(e.at(), e.reason());
    }
  }

  private static boolean isWhole(byte[] line) {
    int body = line.length - SUM_LENGTH;
    return body > 0
        && new String(line, body, SUM_LENGTH, StandardCharsets.US_ASCII)
            .equals(SUM + sum(line, body) + END);
  }

  private static String sum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return "%08x".formatted(sum.getValue());
  }

  /// Whether a process that died may have left this of a line, rather than somebody else written
  /// it.
  static boolean isBeginning(byte[] tail) {
    String text = new String(tail, StandardCharsets.ISO_8859_1);
    return Arrays.stream(StoreEntry.class.getPermittedSubclasses())
        .map(kind -> "{\"is\":\"" + kind.getSimpleName() + "\"")
        .anyMatch(start -> text.startsWith(start) || start.startsWith(text));
  }
}
