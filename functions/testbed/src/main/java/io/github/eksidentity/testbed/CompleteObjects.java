package io.github.eksidentity.testbed;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/// Adds to objects of Kubernetes, while they are written, what an API server demands and no fact
/// tells.
final class CompleteObjects extends JsonGeneratorDelegate {
  private int conditions;

  CompleteObjects(JsonGenerator json) {
    super(json);
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    switch (around() + "." + name) {
      case "containers.volumeMounts", "initContainers.volumeMounts" ->
          delegate.writeStringField("image", "registry.invalid/image");
      case "ownerReferences.controller" -> {
        delegate.writeStringField("apiVersion", "example.invalid/v1");
        delegate.writeStringField("uid", "00000000-0000-4000-8000-000000000000");
      }
      case "webhooks.failurePolicy" -> {
        delegate.writeStringField("sideEffects", "None");
        delegate.writeFieldName("admissionReviewVersions");
        delegate.writeArray(new String[] {"v1"}, 0, 1);
      }
      case "matchConditions.expression" ->
          delegate.writeStringField("name", "condition-" + conditions++);
      default -> {
        // complete without
      }
    }
    super.writeFieldName(name);
  }

  @Override
  public void writeStartObject() throws IOException {
    super.writeStartObject();
    switch (around()) {
      case "envFrom" -> {
        delegate.writeObjectFieldStart("configMapRef");
        delegate.writeStringField("name", "name");
        delegate.writeEndObject();
      }
      case "secretKeyRef", "configMapKeyRef" -> {
        delegate.writeStringField("name", "name");
        delegate.writeStringField("key", "key");
      }
      case "fieldRef" -> delegate.writeStringField("fieldPath", "metadata.name");
      default -> {
        // complete without
      }
    }
  }

  /// The member whose object, or list of objects, is being written.
  private String around() {
    JsonStreamContext holder = delegate.getOutputContext().getParent();
    if (holder != null && holder.inArray()) {
      holder = holder.getParent();
    }
    return holder == null || holder.getCurrentName() == null ? "" : holder.getCurrentName();
  }
}
