package io.github.eksidentity.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.eksidentity.core.answers.KubernetesWriter;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Rbac;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Lists of Kubernetes objects as kubectl prints them, but each object in one line.
final class KubernetesText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private KubernetesText() {}

  private interface Each<T> {
    void write(KubernetesWriter writer, T item) throws IOException;
  }

  static byte[] serviceAccounts(Kubernetes facts) {
    return list(facts.serviceAccounts(), KubernetesWriter::serviceAccount);
  }

  static byte[] pods(Kubernetes facts) {
    return list(facts.pods(), KubernetesWriter::pod);
  }

  static byte[] webhooks(Kubernetes facts) {
    return list(facts.webhooks(), KubernetesWriter::webhookConfiguration);
  }

  static byte[] rbac(Rbac rbac) {
    return file(
        (json, writer) -> {
          items(json, writer, rbac.roles(), KubernetesWriter::role);
          items(json, writer, rbac.bindings(), KubernetesWriter::binding);
        });
  }

  private static <T> byte[] list(List<T> items, Each<T> each) {
    return file((json, writer) -> items(json, writer, items, each));
  }

  private static <T> void items(
      JsonGenerator json, KubernetesWriter writer, List<T> items, Each<T> each) throws IOException {
    for (T item : items) {
      each.write(writer, item);
      json.writeRaw('\n');
    }
  }

  private interface Body {
    void write(JsonGenerator json, KubernetesWriter writer) throws IOException;
  }

  private static byte[] file(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("apiVersion", "v1");
      json.writeStringField("kind", "List");
      json.writeArrayFieldStart("items");
      body.write(json, new KubernetesWriter(json));
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
