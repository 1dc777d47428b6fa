package io.github.eksidentity.core.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Container;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the model of EKS's webhook to what the webhook's own code answered, row by row.
final class PodWebhookTest {
  private static final String REGION = "eu-west-1";

  static List<RecordedPods.Row> rows() {
    return RecordedPods.rows();
  }

  @Test
  void theTableIsWhole() {
    assertTrue(rows().size() > 200, "rows: " + rows().size());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void addsWhatTheWebhookAdds(RecordedPods.Row row) {
    Admission admission =
        webhook(row).map(webhook -> webhook.admit(row.pod())).orElse(Admission.NONE);
    Map<String, RecordedPods.Added> added = new LinkedHashMap<>();
    for (Container container : row.pod().containers()) {
      added.put(container.name(), recorded(admission.to(container)));
    }
    Map<String, RecordedPods.Added> wanted = new LinkedHashMap<>();
    for (Container container : row.pod().containers()) {
      wanted.put(
          container.name(),
          row.added().getOrDefault(container.name(), new RecordedPods.Added(Map.of(), Map.of())));
    }
    assertEquals(wanted.toString(), added.toString());
    assertEquals(row.volume(), admission.volume().map(PodWebhookTest::recorded));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAskedAboutThePodsThatEksSendsToIt(RecordedPods.Row row) {
    assertEquals(row.asked(), PodWebhook.asked(row.pod().labels()));
  }

  private static Optional<PodWebhook> webhook(RecordedPods.Row row) {
    return row.association()
        ? Optional.of(PodWebhook.ofAssociation(row.annotations(), REGION, row.ipv6()))
        : PodWebhook.ofAnnotation(row.annotations(), REGION);
  }

  private static RecordedPods.Added recorded(Admission.Added added) {
    Map<String, String> env = new LinkedHashMap<>();
    added
        .variables()
        .forEach(one -> env.put(one.name(), ((Container.Value.Literal) one.value()).text()));
    Map<String, String> mounts = new LinkedHashMap<>();
    added.mount().ifPresent(mount -> mounts.put(mount.volume(), mount.path()));
    return new RecordedPods.Added(env, mounts);
  }

  private static RecordedPods.Volume recorded(Admission.TokenVolume volume) {
    Lifetime lifetime = volume.lifetime();
    return new RecordedPods.Volume(
        volume.name(),
        volume.path(),
        volume.audience(),
        lifetime.shortest() == lifetime.longest()
            ? Long.toString(lifetime.shortest())
            : lifetime.shortest() + ".." + lifetime.longest());
  }
}
