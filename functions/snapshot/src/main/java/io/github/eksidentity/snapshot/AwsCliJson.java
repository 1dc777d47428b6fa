package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.PercentEncoding;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Files and members in the layout of the AWS CLI. Everything but policy documents is ASCII.
final class AwsCliJson {
  private static final String INDENT = "    ";
  private static final JsonLimits DOCUMENT =
      new JsonLimits(
          JsonLimits.FILE.length(),
          200,
          JsonLimits.FILE.values(),
          JsonLimits.FILE.length(),
          JsonLimits.FILE.length());

  private AwsCliJson() {}

  /// A file that holds one object.
  static byte[] object(Consumer<JsonWriter> members) {
    return file(out -> out.object(members));
  }

  /// A file that holds one value.
  static byte[] file(Consumer<JsonWriter> value) {
    return JsonWriter.bytes(Layout.AWS_CLI, value);
  }

  /// Tags as IAM lists them.
  static void tagList(JsonWriter out, Map<String, String> tags) {
    out.objects(
        "Tags",
        new TreeMap<>(tags).entrySet(),
        (one, tag) -> one.text("Key", tag.getKey()).text("Value", tag.getValue()));
  }

  /// Tags as EKS maps them.
  static void tagMap(JsonWriter out, Map<String, String> tags) {
    out.texts("tags", new TreeMap<>(tags));
  }

  /// A policy document: in its own letters where it is an object, as the AWS CLI prints it, and as
  /// a string where it is anything else.
  static JsonWriter document(JsonWriter out, String name, String document) {
    return isObject(document)
        ? out.raw(name, document.replace("\n", "\n" + INDENT.repeat(out.depth())))
        : out.text(name, asString(document));
  }

  /// A string that reading turns into this document.
  private static String asString(String document) {
    return PercentEncoding.decode(document).equals(document)
        ? document
        : PercentEncoding.encode(document);
  }

  /// Whether a text is one JSON object from its first to its last letter.
  private static boolean isObject(String document) {
    return document.startsWith("{")
        && document.endsWith("}")
        && StandardCharsets.UTF_8.newEncoder().canEncode(document)
        && JsonReader.read(document, DOCUMENT) instanceof JsonResult.Read(Json.Obj _);
  }
}
