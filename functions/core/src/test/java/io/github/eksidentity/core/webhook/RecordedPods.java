package io.github.eksidentity.core.webhook;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.eksidentity.core.answers.PodReader;
import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table of what EKS's webhook answered: each row is a service account, a pod, and what the
/// webhook added to it.
final class RecordedPods {
  private RecordedPods() {}

  /// One row.
  ///
  /// @param asked whether EKS's configuration sends the pod to the webhook
  /// @param added variables and mounts of each container
  /// @param volume empty where the webhook added none
  record Row(
      String name,
      Map<String, String> annotations,
      boolean association,
      Pod pod,
      boolean asked,
      Map<String, Added> added,
      Optional<Volume> volume) {
    boolean ipv6() {
      return name.endsWith("-ipv6");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// What a container got, in the order in which it got it.
  record Added(Map<String, String> env, Map<String, String> mounts) {}

  /// The volume that the pod got, its lifetime as a number or as two with `..` between them.
  record Volume(String name, String path, String audience, String lifetime) {}

  static List<Row> rows() {
    try (InputStream in = RecordedPods.class.getResourceAsStream("/webhook/webhook.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(RecordedPods::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    Json.Obj row = object(line);
    Json.Obj webhook = object(member(row, "webhook"));
    Map<String, Added> added = new LinkedHashMap<>();
    for (Json.Member one : object(member(webhook, "added")).members()) {
      Json.Obj of = object(one.value());
      added.put(one.name(), new Added(texts(member(of, "env")), texts(member(of, "mounts"))));
    }
    return new Row(
        text(member(row, "name")),
        texts(member(row, "annotations")),
        member(row, "association") instanceof Json.Bool(_, boolean yes) && yes,
        pod(row),
        member(webhook, "asked") instanceof Json.Bool(_, boolean yes) && yes,
        added,
        volume(member(webhook, "volume")));
  }

  private static Optional<Volume> volume(Json value) {
    return value instanceof Json.Obj volume
        ? Optional.of(
            new Volume(
                text(member(volume, "name")),
                text(member(volume, "path")),
                text(member(volume, "audience")),
                member(volume, "expirationSeconds") instanceof Json.Num(_, String number)
                    ? number
                    : text(member(volume, "expirationSeconds"))))
        : Optional.empty();
  }

  /// The pod before admission, read as any pod is read.
  private static Pod pod(Json.Obj row) {
    StringBuilder spec = new StringBuilder("{\"volumes\": " + written(member(row, "volumes")));
    spec.append(", \"nodeSelector\": ").append(written(member(row, "nodeSelector")));
    if (member(row, "os") instanceof Json.Str(_, String os)) {
      spec.append(", \"os\": {\"name\": \"").append(os).append("\"}");
    }
    spec.append(", \"initContainers\": ").append(containers(row, true));
    spec.append(", \"containers\": ").append(containers(row, false)).append('}');
    String pod =
        """
        {"metadata": {"name": "p", "namespace": "t", "labels": %s, "annotations": %s},
         "spec": %s}\
        """
            .formatted(
                written(member(row, "labels")), written(member(row, "podAnnotations")), spec);
    try {
      return new PodReader().pod(object(pod));
    } catch (ShapeException e) {
      return fail(e);
    }
  }

  private static String containers(Json.Obj row, boolean init) {
    StringBuilder all = new StringBuilder();
    for (Json item : ((Json.Arr) member(row, "containers")).items()) {
      Json.Obj container = object(item);
      if (member(container, "init") instanceof Json.Bool(_, boolean is) && is == init) {
        all.append(all.isEmpty() ? "" : ", ")
            .append("{\"name\": ")
            .append(written(member(container, "name")))
            .append(", \"env\": ")
            .append(written(member(container, "env")))
            .append(", \"volumeMounts\": ")
            .append(written(member(container, "mounts")))
            .append('}');
      }
    }
    return "[" + all + "]";
  }

  private static String written(Json value) {
    return switch (value) {
      case Json.Obj object ->
          object.members().stream()
              .map(one -> quoted(one.name()) + ": " + written(one.value()))
              .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
      case Json.Arr list ->
          list.items().stream()
              .map(RecordedPods::written)
              .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
      case Json.Str string -> quoted(string.value());
      case Json.Num number -> number.text();
      case Json.Bool bool -> Boolean.toString(bool.value());
      case Json.Null _ -> "null";
    };
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + "\"";
  }

  private static Map<String, String> texts(Json value) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(value).members().forEach(one -> texts.put(one.name(), text(one.value())));
    return texts;
  }

  private static Json.Obj object(String text) {
    return JsonReader.read(text, JsonLimits.FILE) instanceof JsonResult.Read(Json value)
        ? object(value)
        : fail("no JSON: " + text);
  }

  private static Json.Obj object(Json value) {
    return (Json.Obj) value;
  }

  private static Json member(Json.Obj object, String name) {
    return object.get(name).orElseThrow(() -> new AssertionError("no member " + name));
  }

  private static String text(Json value) {
    return ((Json.Str) value).value();
  }
}
