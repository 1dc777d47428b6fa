package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Binding;
import io.github.eksidentity.core.audit.Index;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What EKS's webhook makes of a pod when it is created, and what is left of a pod without it.
final class Injection {
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
    Optional<Binding> binding =
        Index.of(inventory, Settings.DEFAULTS).in(cluster).binding(bare.subject());
    return binding.map(found -> injected(bare, found)).orElse(bare);
  }

  private static Pod injected(Pod pod, Binding binding) {
    return switch (binding) {
      case Binding.Irsa irsa ->
          inject(
              pod,
              new Pod.TokenVolume(
                  Injected.IRSA_VOLUME, "token", Optional.of(irsa.audience()), Optional.of(86400L)),
              Injected.IRSA_MOUNT,
              List.of(
                  literal(AwsVariables.STS_REGIONAL_ENDPOINTS, "regional"),
                  literal("AWS_DEFAULT_REGION", irsa.cluster().region()),
                  literal("AWS_REGION", irsa.cluster().region()),
                  literal(AwsVariables.ROLE_ARN, irsa.roleArn()),
                  literal(AwsVariables.TOKEN_FILE, Injected.IRSA_TOKEN_FILE)),
              Set.of(AwsVariables.ROLE_ARN, AwsVariables.TOKEN_FILE));
      case Binding.PodIdentity association -> {
        Map<String, String> labels = new TreeMap<>(pod.labels());
        labels.put(Pod.POD_IDENTITY_LABEL, "enabled");
        yield inject(
            PodEdits.labels(labels).apply(pod),
            new Pod.TokenVolume(
                Injected.POD_IDENTITY_VOLUME,
                "eks-pod-identity-token",
                Optional.of(Injected.POD_IDENTITY_AUDIENCE),
                Optional.of(86400L)),
            Injected.POD_IDENTITY_MOUNT,
            List.of(
                literal("AWS_DEFAULT_REGION", association.cluster().region()),
                literal("AWS_REGION", association.cluster().region()),
                literal(AwsVariables.CONTAINER_URI, Injected.POD_IDENTITY_URI),
                literal(AwsVariables.CONTAINER_TOKEN_FILE, Injected.POD_IDENTITY_TOKEN_FILE)),
            Set.of(AwsVariables.CONTAINER_URI, AwsVariables.CONTAINER_TOKEN_FILE));
      }
    };
  }

  /// A container that sets one of the reserved variables itself, or that the pod's annotation
  /// skips, is left as it is.
  private static Pod inject(
      Pod pod,
      Pod.TokenVolume token,
      String mount,
      List<Container.Variable> variables,
      Set<String> reserved) {
    Set<String> skipped =
        Set.of(pod.annotations().getOrDefault(AwsAnnotations.SKIP_CONTAINERS, "").split(","));
    List<Container> containers = new ArrayList<>();
    for (Container container : pod.containers()) {
      boolean left =
          skipped.contains(container.name()) || reserved.stream().anyMatch(container::sets);
      containers.add(
          left
              ? container
              : new Container(
                  container.name(),
                  container.init(),
                  Stream.concat(
                          container.variables().stream(),
                          variables.stream().filter(one -> !container.sets(one.name())))
                      .toList(),
                  container.variablesFromElsewhere(),
                  Stream.concat(
                          container.mounts().stream(),
                          Stream.of(new Container.Mount(token.volume(), mount)))
                      .toList()));
    }
    return PodEdits.containers(containers)
        .andThen(PodEdits.tokens(Stream.concat(pod.tokens().stream(), Stream.of(token)).toList()))
        .apply(pod);
  }

  private static Container.Variable literal(String name, String value) {
    return new Container.Variable(name, new Container.Value.Literal(value));
  }

  /// The pod without what the webhook gave it: of a container that mounts its volume, the
  /// variables too.
  static Pod stripped(Pod pod) {
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
        container.variablesFromElsewhere(),
        container.mounts().stream().filter(one -> !VOLUMES.contains(one.volume())).toList());
  }
}
