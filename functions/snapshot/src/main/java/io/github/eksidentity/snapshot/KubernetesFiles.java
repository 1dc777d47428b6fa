package io.github.eksidentity.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import io.github.eksidentity.core.answers.KubernetesObjects;
import io.github.eksidentity.core.answers.ObjectList;
import io.github.eksidentity.core.answers.PodReader;
import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What kubectl printed of one cluster. The files are read item by item from their bytes, because
/// the list of a large cluster's pods weighs a hundred megabytes.
final class KubernetesFiles {
  /// The file of each part, in the folder of its cluster.
  static final Map<Kind, String> NAMES =
      Map.of(
          Kind.SERVICE_ACCOUNTS, "serviceaccounts.json",
          Kind.PODS, "pods.json",
          Kind.WEBHOOKS, "mutatingwebhookconfigurations.json",
          Kind.RBAC, "rbac.json");

  private final Source source;
  private final String folder;
  private final Map<Kind, Coverage> coverage = new EnumMap<>(Kind.class);

  private KubernetesFiles(Source source, String folder) {
    this.source = source;
    this.folder = folder;
  }

  /// @param coverage of each part
  record Read(Kubernetes facts, Map<Kind, Coverage> coverage) {}

  /// Whether the snapshot holds something of some cluster's Kubernetes API.
  static boolean any(SnapshotFiles files) {
    return files.names().stream()
        .anyMatch(
            name ->
                name.matches("regions/[^/]+/clusters/[^/]+/[a-z]+\\.json")
                    && NAMES.containsValue(name.substring(name.lastIndexOf('/') + 1)));
  }

  static Read read(Source source, String folder) {
    KubernetesFiles files = new KubernetesFiles(source, folder);
    Kubernetes facts =
        new Kubernetes(files.serviceAccounts(), files.pods(), files.webhooks(), files.rbac());
    return new Read(facts, files.coverage);
  }

  private List<ServiceAccount> serviceAccounts() {
    List<ServiceAccount> accounts = new ArrayList<>();
    read(
        Kind.SERVICE_ACCOUNTS,
        object -> accounts.add(KubernetesObjects.serviceAccount(object)),
        accounts::clear);
    return accounts;
  }

  private List<Pod> pods() {
    List<Pod> pods = new ArrayList<>();
    PodReader reader = new PodReader();
    read(Kind.PODS, object -> pods.add(reader.pod(object)), pods::clear);
    return pods;
  }

  private List<WebhookConfiguration> webhooks() {
    List<WebhookConfiguration> configurations = new ArrayList<>();
    read(
        Kind.WEBHOOKS,
        object -> configurations.add(KubernetesObjects.webhookConfiguration(object)),
        configurations::clear);
    return configurations;
  }

  private Rbac rbac() {
    List<Rbac.Role> roles = new ArrayList<>();
    List<Rbac.Binding> bindings = new ArrayList<>();
    read(
        Kind.RBAC,
        object -> {
          switch (KubernetesObjects.kind(object)) {
            case "Role", "ClusterRole" -> roles.add(KubernetesObjects.role(object));
            case "RoleBinding", "ClusterRoleBinding" ->
                bindings.add(KubernetesObjects.binding(object));
            default -> {}
          }
        },
        () -> {
          roles.clear();
          bindings.clear();
        });
    return new Rbac(roles, bindings);
  }

  private void read(Kind kind, ObjectList.Item item, Runnable forget) {
    String file = folder + NAMES.get(kind);
    if (!source.has(file)) {
      coverage.put(kind, Part.skipped("").coverage());
      return;
    }
    try {
      ObjectList list = list(file, item);
      List<String> reasons =
          list.continues().isPresent()
              ? List.of(file + " does not hold all pages of its list")
              : List.of();
      coverage.put(kind, Part.of("", reasons).coverage());
    } catch (SnapshotException e) {
      forget.run();
      coverage.put(kind, Part.failed("", source.tolerated(e)).coverage());
    }
  }

  private ObjectList list(String file, ObjectList.Item item) {
    try (InputStream bytes = source.files().open(file);
        JsonParser parser = JsonFile.FACTORY.createParser(bytes)) {
      return ObjectList.read(parser, item);
    } catch (ShapeException e) {
      throw SnapshotException.at(file, e.at(), e.problem());
    } catch (IOException e) {
      throw SnapshotException.in(file, "cannot be read: " + FileProblem.reason(e));
    }
  }
}
