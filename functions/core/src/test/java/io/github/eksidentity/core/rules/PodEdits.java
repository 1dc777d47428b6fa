package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Pods with one part changed.
public final class PodEdits {
  private PodEdits() {}

  /// Takes away what EKS's webhook gave the pod.
  public static UnaryOperator<Pod> notInjected() {
    return Injection::stripped;
  }

  /// Sets a variable of a container to a literal value, whatever it was.
  public static UnaryOperator<Pod> variable(String container, String name, String value) {
    return variable(container, name, new Container.Value.Literal(value));
  }

  /// Sets a variable of a container, whatever it was.
  public static UnaryOperator<Pod> variable(String container, String name, Container.Value value) {
    return container(
        container,
        old -> {
          List<Container.Variable> all = new ArrayList<>(old.variables());
          Container.Variable set = new Container.Variable(name, value);
          if (old.sets(name)) {
            all.replaceAll(one -> one.name().equals(name) ? set : one);
          } else {
            all.add(set);
          }
          return withVariables(old, all);
        });
  }

  /// Projects a token into a container.
  public static UnaryOperator<Pod> projecting(
      String container, String folder, Optional<String> audience) {
    return old ->
        container(container, one -> withMount(one, new Container.Mount("own-token", folder)))
            .andThen(
                tokens(
                    Stream.concat(
                            old.tokens().stream(),
                            Stream.of(
                                new Pod.TokenVolume(
                                    "own-token", "token", audience, Optional.of(3600L))))
                        .toList()))
            .apply(old);
  }

  /// Mounts a volume of this kind into a container.
  public static UnaryOperator<Pod> mounting(String container, String folder, String kind) {
    return old ->
        container(container, one -> withMount(one, new Container.Mount("more", folder)))
            .andThen(volumes(List.of(new Pod.Volume("more", kind))))
            .apply(old);
  }

  /// Lets a container take variables from a ConfigMap or Secret as a whole.
  public static UnaryOperator<Pod> source(String container, String kind, String name) {
    return container(
        container,
        old ->
            new Container(
                old.name(),
                old.init(),
                old.variables(),
                List.of(new Container.Source(kind, name, "")),
                old.mounts()));
  }

  private static Container withMount(Container old, Container.Mount mount) {
    return new Container(
        old.name(),
        old.init(),
        old.variables(),
        old.sources(),
        Stream.concat(old.mounts().stream(), Stream.of(mount)).toList());
  }

  /// Takes a variable off a container.
  public static UnaryOperator<Pod> withoutVariable(String container, String name) {
    return container(container, old -> withVariables(old, without(old, name)));
  }

  private static List<Container.Variable> without(Container container, String name) {
    return new ArrayList<>(
        container.variables().stream().filter(one -> !one.name().equals(name)).toList());
  }

  private static Container withVariables(Container old, List<Container.Variable> variables) {
    return new Container(old.name(), old.init(), variables, old.sources(), old.mounts());
  }

  /// Changes the container with this name.
  public static UnaryOperator<Pod> container(String name, UnaryOperator<Container> change) {
    return old ->
        containers(
                old.containers().stream()
                    .map(one -> one.name().equals(name) ? change.apply(one) : one)
                    .toList())
            .apply(old);
  }

  /// Adds a container of this name without any variable.
  public static UnaryOperator<Pod> moreContainers(String name, boolean init) {
    return old -> {
      List<Container> all = new ArrayList<>(old.containers());
      all.add(init ? 0 : all.size(), new Container(name, init, List.of(), List.of(), List.of()));
      return containers(all).apply(old);
    };
  }

  public static UnaryOperator<Pod> serviceAccount(String value) {
    return Edit.of(Pod.class).with("serviceAccount", value);
  }

  public static UnaryOperator<Pod> created(Optional<Instant> value) {
    return Edit.of(Pod.class).with("created", value);
  }

  public static UnaryOperator<Pod> phase(String value) {
    return Edit.of(Pod.class).with("phase", value);
  }

  public static UnaryOperator<Pod> labels(Map<String, String> value) {
    return Edit.of(Pod.class).with("labels", value);
  }

  public static UnaryOperator<Pod> annotations(Map<String, String> value) {
    return Edit.of(Pod.class).with("annotations", value);
  }

  public static UnaryOperator<Pod> node(Optional<String> value) {
    return Edit.of(Pod.class).with("node", value);
  }

  public static UnaryOperator<Pod> ready(Optional<Boolean> value) {
    return Edit.of(Pod.class).with("ready", value);
  }

  public static UnaryOperator<Pod> scheduler(Optional<String> value) {
    return Edit.of(Pod.class).with("scheduler", value);
  }

  public static UnaryOperator<Pod> os(Pod.Os value) {
    return Edit.of(Pod.class).with("os", value);
  }

  public static UnaryOperator<Pod> owner(Optional<Pod.Owner> value) {
    return Edit.of(Pod.class).with("owner", value);
  }

  public static UnaryOperator<Pod> containers(List<Container> value) {
    return Edit.of(Pod.class).with("containers", value);
  }

  public static UnaryOperator<Pod> volumes(List<Pod.Volume> value) {
    return Edit.of(Pod.class).with("volumes", value);
  }

  public static UnaryOperator<Pod> tokens(List<Pod.TokenVolume> value) {
    return Edit.of(Pod.class).with("tokens", value);
  }
}
