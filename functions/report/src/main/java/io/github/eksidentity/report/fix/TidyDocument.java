package io.github.eksidentity.report.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.report.page.Plain;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Policy documents as text for people.
public final class TidyDocument {
  private static final int CONTEXT = 3;

  private TidyDocument() {}

  /// The document as a tree, empty where it is not JSON.
  static Optional<Json> tree(String document) {
    return switch (JsonReader.read(document, JsonLimits.DOCUMENT)) {
      case JsonResult.Read(Json value) -> Optional.of(value);
      case JsonResult.Unreadable _ -> Optional.empty();
    };
  }

  /// The document with one element a line; as it is where it is not JSON. Characters that a
  /// terminal would obey or hide are JSON escapes.
  public static String pretty(String document) {
    return visible(tree(document).map(JsonWriter::pretty).orElse(document));
  }

  /// The tree as text like [#pretty].
  public static String pretty(Json tree) {
    return visible(JsonWriter.pretty(tree));
  }

  private static String visible(String text) {
    return Arrays.stream(text.split("\n", -1)).map(Plain::of).collect(Collectors.joining("\n"));
  }

  /// The unified diff of two documents; empty text where they say the same.
  static String diff(String beforeName, String before, String afterName, String after) {
    List<String> old = pretty(before).lines().toList();
    List<String> corrected = pretty(after).lines().toList();
    return String.join(
        "\n",
        UnifiedDiffUtils.generateUnifiedDiff(
            beforeName, afterName, old, DiffUtils.diff(old, corrected), CONTEXT));
  }
}
