package io.github.eksidentity.core.redact;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import java.util.HashMap;
import java.util.Map;

/// Replaces the names in a pod.
final class RedactedPod {
  private final RedactedText texts;

  RedactedPod(RedactedText texts) {
    this.texts = texts;
  }

  Pod of(Pod pod) {
    return new Pod(
        texts.name(pod.namespace()),
        texts.name(pod.name()),
        texts.name(pod.serviceAccount()),
        pod.created(),
        pod.phase(),
        pod.terminating(),
        texts.names(pod.labels()),
        texts.names(pod.annotations()),
        texts.name(pod.node()),
        texts.name(pod.scheduler()),
        os(pod.os()),
        pod.owner().map(owner -> new Pod.Owner(texts.name(owner.kind()), texts.name(owner.name()))),
        pod.containers().stream().map(this::container).toList(),
        pod.tokens().stream().map(this::token).toList(),
        pod.volumes().stream()
            .map(volume -> new Pod.Volume(texts.name(volume.name()), volume.kind()))
            .toList(),
        pod.hostNetwork(),
        pod.ready());
  }

  private Pod.Os os(Pod.Os os) {
    Map<String, String> selected = new HashMap<>();
    os.selected().forEach((label, system) -> selected.put(label, texts.name(system)));
    return new Pod.Os(texts.name(os.declared()), selected, texts.names(os.affinity()));
  }

  private Container container(Container container) {
    return new Container(
        texts.name(container.name()),
        container.init(),
        container.variables().stream().map(this::variable).toList(),
        container.sources().stream().map(this::source).toList(),
        container.mounts().stream().map(this::mount).toList());
  }

  private Container.Variable variable(Container.Variable variable) {
    return new Container.Variable(
        variable.name(),
        switch (variable.value()) {
          case Container.Value.Literal(String text) ->
              new Container.Value.Literal(texts.name(text));
          case Container.Value.Withheld withheld -> withheld;
          case Container.Value.FromElsewhere elsewhere -> elsewhere;
        });
  }

  private Container.Mount mount(Container.Mount mount) {
    return new Container.Mount(
        texts.name(mount.volume()), texts.name(mount.path()), texts.name(mount.subPath()));
  }

  private Container.Source source(Container.Source source) {
    return new Container.Source(
        source.kind(), texts.name(source.name()), texts.name(source.prefix()));
  }

  private Pod.TokenVolume token(Pod.TokenVolume token) {
    return new Pod.TokenVolume(
        texts.name(token.volume()),
        texts.name(token.path()),
        texts.name(token.audience()),
        token.expirationSeconds());
  }
}
