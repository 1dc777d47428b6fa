package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Index;
import io.github.eksidentity.core.webhook.Admission;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What EKS's webhook makes of a pod when it is created, and what is left of a pod without it.
public final class Injection {
  private static final Set<String> VOLUMES =
      Set.of(Injected.IRSA_VOLUME, Injected.POD_IDENTITY_VOLUME);
  private static final Set<String> VARIABLES =
      Set.of(
          AwsVariables.ROLE_ARN,
          AwsVariables.TOKEN_FILE,
          AwsVariables.STS_REGIONAL_ENDPOINTS,
          AwsVariables.CONTAINER_URI,
          AwsVariables.CONTAINER_TOKEN_FILE,
          "AWS_REGION",
          "AWS_DEFAULT_REGION");

  private Injection() {}

  /// The pod as it would be created now in this cluster of the inventory.
  static Pod recreated(Inventory inventory, Cluster cluster, Pod pod) {
    Pod bare = stripped(pod);
    if (bare.labels().containsKey(Injected.SKIP_LABEL)) {
      return bare;
    }
    Optional<Binding> binding = Index.of(inventory, Set.of()).in(cluster).binding(bare.subject());
    return binding.map(found -> injected(bare, found)).orElse(bare);
  }

  private static Pod injected(Pod pod, Binding binding) {
    return switch (binding) {
      case Binding.Irsa irsa ->
          PodWebhook.ofAnnotation(irsa.serviceAccount().annotations(), irsa.cluster().region())
              .map(webhook -> with(pod, webhook.admit(pod)))
              .orElse(pod);
      case Binding.PodIdentity association -> {
        Map<String, String> labels = new TreeMap<>(pod.labels());
        labels.put(Pod.POD_IDENTITY_LABEL, "enabled");
        yield with(
            PodEdits.labels(labels).apply(pod),
            PodWebhook.ofAssociation(Map.of(), association.cluster().region(), false).admit(pod));
      }
    };
  }

  /// The pod with what the webhook adds to it.
  public static Pod with(Pod pod, Admission admission) {
    List<Container> containers =
        pod.containers().stream().map(one -> with(one, admission.to(one))).toList();
    Stream<Pod.TokenVolume> token =
        admission.volume().stream()
            .map(
                volume ->
                    new Pod.TokenVolume(
                        volume.name(),
                        volume.path(),
                        Optional.of(volume.audience()).filter(audience -> !audience.isEmpty()),
                        Optional.of(volume.lifetime().longest())));
    return PodEdits.containers(containers)
        .andThen(PodEdits.tokens(Stream.concat(pod.tokens().stream(), token).toList()))
        .apply(pod);
  }

  private static Container with(Container container, Admission.Added added) {
    return new Container(
        container.name(),
        container.init(),
        Stream.concat(container.variables().stream(), added.variables().stream()).toList(),
        container.sources(),
        Stream.concat(container.mounts().stream(), added.mount().stream()).toList());
  }

  /// The pod without what the webhook gave it: of a container that mounts its volume, the variables
  /// too.
  public static Pod stripped(Pod pod) {
    Map<String, String> labels = new TreeMap<>(pod.labels());
    labels.remove(Pod.POD_IDENTITY_LABEL);
    return PodEdits.containers(pod.containers().stream().map(Injection::stripped).toList())
        .andThen(PodEdits.labels(labels))
        .andThen(
            PodEdits.tokens(
                pod.tokens().stream().filter(one -> !VOLUMES.contains(one.volume())).toList()))
        .apply(pod);
  }

  private static Container stripped(Container container) {
    if (container.mounts().stream().noneMatch(mount -> VOLUMES.contains(mount.volume()))) {
      return container;
    }
    return new Container(
        container.name(),
        container.init(),
        container.variables().stream().filter(one -> !VARIABLES.contains(one.name())).toList(),
        container.sources(),
        container.mounts().stream().filter(one -> !VOLUMES.contains(one.volume())).toList());
  }
}
