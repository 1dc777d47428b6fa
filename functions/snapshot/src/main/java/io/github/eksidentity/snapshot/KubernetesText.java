package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.KubernetesWriter;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Lists of Kubernetes objects as kubectl prints them, but each object in one line.
final class KubernetesText {
  private KubernetesText() {}

  static byte[] serviceAccounts(Kubernetes facts) {
    return list(items -> each(items, facts.serviceAccounts(), KubernetesWriter::serviceAccount));
  }

  static byte[] pods(Kubernetes facts) {
    return list(items -> each(items, facts.pods(), KubernetesWriter::pod));
  }

  static byte[] webhooks(Kubernetes facts) {
    return list(items -> each(items, facts.webhooks(), KubernetesWriter::webhookConfiguration));
  }

  static byte[] rbac(Rbac rbac) {
    return list(
        items -> {
          each(items, rbac.roles(), KubernetesWriter::role);
          each(items, rbac.bindings(), KubernetesWriter::binding);
        });
  }

  private static <T> void each(JsonWriter out, List<T> items, BiConsumer<JsonWriter, T> writer) {
    for (T item : items) {
      writer.accept(out, item);
      out.lineBreak();
    }
  }

  private static byte[] list(Consumer<JsonWriter> items) {
    return JsonWriter.bytes(
        Layout.ASCII_LINE,
        file -> {
          file.object(
              list -> list.text("apiVersion", "v1").text("kind", "List").list("items", items));
          file.lineBreak();
        });
  }
}
