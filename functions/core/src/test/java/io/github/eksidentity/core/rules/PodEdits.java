package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
          List<Container.Variable> all = without(old, name);
          all.add(new Container.Variable(name, value));
          return withVariables(old, all);
        });
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
    return new Container(
        old.name(), old.init(), variables, old.variablesFromElsewhere(), old.mounts());
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
      all.add(init ? 0 : all.size(), new Container(name, init, List.of(), false, List.of()));
      return containers(all).apply(old);
    };
  }

  /// Sets name.
  public static UnaryOperator<Pod> name(String value) {
    return old ->
        new Pod(
            old.namespace(),
            value,
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets serviceAccount.
  public static UnaryOperator<Pod> serviceAccount(String value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            value,
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets created.
  public static UnaryOperator<Pod> created(Optional<Instant> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            value,
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets phase.
  public static UnaryOperator<Pod> phase(String value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            value,
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets terminating.
  public static UnaryOperator<Pod> terminating(boolean value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            value,
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets labels.
  public static UnaryOperator<Pod> labels(Map<String, String> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            value,
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets annotations.
  public static UnaryOperator<Pod> annotations(Map<String, String> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            value,
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets node.
  public static UnaryOperator<Pod> node(Optional<String> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            value,
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets scheduler.
  public static UnaryOperator<Pod> scheduler(Optional<String> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            value,
            old.os(),
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets os.
  public static UnaryOperator<Pod> os(Optional<String> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            value,
            old.owner(),
            old.containers(),
            old.tokens());
  }

  /// Sets owner.
  public static UnaryOperator<Pod> owner(Optional<Pod.Owner> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            value,
            old.containers(),
            old.tokens());
  }

  /// Sets containers.
  public static UnaryOperator<Pod> containers(List<Container> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            value,
            old.tokens());
  }

  /// Sets tokens.
  public static UnaryOperator<Pod> tokens(List<Pod.TokenVolume> value) {
    return old ->
        new Pod(
            old.namespace(),
            old.name(),
            old.serviceAccount(),
            old.created(),
            old.phase(),
            old.terminating(),
            old.labels(),
            old.annotations(),
            old.node(),
            old.scheduler(),
            old.os(),
            old.owner(),
            old.containers(),
            value);
  }
}
