package io.github.eksidentity.testbed;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonReader;
import java.util.ArrayList;
import java.util.List;

/// Adds to objects of Kubernetes what an API server demands and no fact tells.
final class CompleteObjects {
  private int conditions;

  private CompleteObjects() {}

  static Json complete(Json object) {
    return new CompleteObjects().within("", object);
  }

  /// @param around the member whose value, or list of values, it is
  private Json within(String around, Json value) {
    return switch (value) {
      case Json.Obj(var at, List<Json.Member> members) -> {
        List<Json.Member> more = new ArrayList<>(JsonReader.object(demanded(around)).members());
        for (Json.Member member : members) {
          more.add(
              new Json.Member(member.at(), member.name(), within(member.name(), member.value())));
        }
        yield new Json.Obj(at, more);
      }
      case Json.Arr(var at, List<Json> items) ->
          new Json.Arr(at, items.stream().map(item -> within(around, item)).toList());
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private String demanded(String around) {
    return switch (around) {
      case "containers", "initContainers" -> "{\"image\": \"registry.invalid/image\"}";
      case "ownerReferences" ->
          """
          {"apiVersion": "example.invalid/v1", "uid": "00000000-0000-4000-8000-000000000000"}\
          """;
      case "webhooks" -> "{\"sideEffects\": \"None\", \"admissionReviewVersions\": [\"v1\"]}";
      case "matchConditions" -> "{\"name\": \"condition-" + conditions++ + "\"}";
      case "configMap" -> "{\"name\": \"name\"}";
      case "secret" -> "{\"secretName\": \"name\"}";
      case "hostPath" -> "{\"path\": \"/path\"}";
      case "persistentVolumeClaim" -> "{\"claimName\": \"name\"}";
      case "secretKeyRef", "configMapKeyRef" -> "{\"name\": \"name\", \"key\": \"key\"}";
      case "fieldRef" -> "{\"fieldPath\": \"metadata.name\"}";
      default -> "{}";
    };
  }
}
