package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads pods into facts, one after the other. Replicas are alike, so that a text that came before
/// is kept once: an instance serves one list.
///
///
/// Documented at
/// <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>.
public final class PodReader {
  private static final String OS_LABEL = "kubernetes.io/os";
  private static final String DEFAULT_ACCOUNT = "default";

  private final Map<String, String> texts = new HashMap<>();

  /// A pod. A source that did not go through the API server may leave its service account out.
  public Pod pod(Json.Obj object) throws ShapeException {
    Members members = new Members(object);
    Members metadata = members.required("metadata");
    Members spec = members.required("spec");
    List<Pod.TokenVolume> tokens = tokens(spec);
    Set<String> tokenVolumes =
        tokens.stream().map(Pod.TokenVolume::volume).collect(Collectors.toSet());
    List<Container> containers = new ArrayList<>();
    for (Members container : spec.members("initContainers")) {
      containers.add(container(container, true, tokenVolumes));
    }
    for (Members container : spec.members("containers")) {
      containers.add(container(container, false, tokenVolumes));
    }
    return new Pod(
        once(metadata.text("namespace")),
        metadata.text("name"),
        once(serviceAccount(spec)),
        metadata.time("creationTimestamp"),
        once(members.member("status").optionalText("phase").orElse("Unknown")),
        metadata.value("deletionTimestamp").isPresent(),
        once(metadata.textMap("labels")),
        once(KubernetesObjects.annotations(metadata)),
        once(spec.optionalText("nodeName")),
        once(spec.optionalText("schedulerName")),
        once(os(spec)),
        owner(metadata),
        containers,
        tokens);
  }

  private static String serviceAccount(Members spec) throws ShapeException {
    return spec.optionalText("serviceAccountName")
        .filter(name -> !name.isEmpty())
        .orElse(DEFAULT_ACCOUNT);
  }

  private static Optional<String> os(Members spec) throws ShapeException {
    Optional<String> named = spec.member("os").optionalText("name");
    return named.isPresent()
        ? named
        : Optional.ofNullable(spec.textMap("nodeSelector").get(OS_LABEL));
  }

  private Optional<Pod.Owner> owner(Members metadata) throws ShapeException {
    Optional<Pod.Owner> owner = Optional.empty();
    for (Members reference : metadata.members("ownerReferences")) {
      boolean controller = reference.value("controller").filter(PodReader::isTrue).isPresent();
      if (controller || owner.isEmpty()) {
        owner =
            Optional.of(new Pod.Owner(once(reference.text("kind")), once(reference.text("name"))));
      }
    }
    return owner;
  }

  private static boolean isTrue(Json value) {
    return value instanceof Json.Bool(_, boolean flag) && flag;
  }

  private List<Pod.TokenVolume> tokens(Members spec) throws ShapeException {
    List<Pod.TokenVolume> tokens = new ArrayList<>();
    for (Members volume : spec.members("volumes")) {
      for (Members source : volume.member("projected").members("sources")) {
        if (source.value("serviceAccountToken").isPresent()) {
          Members token = source.member("serviceAccountToken");
          tokens.add(
              new Pod.TokenVolume(
                  once(volume.text("name")),
                  once(token.text("path")),
                  once(token.optionalText("audience").filter(text -> !text.isEmpty())),
                  token.number("expirationSeconds")));
        }
      }
    }
    return tokens;
  }

  private Container container(Members container, boolean init, Set<String> tokenVolumes)
      throws ShapeException {
    List<Container.Variable> variables = new ArrayList<>();
    for (Members variable : container.members("env")) {
      String name = once(variable.text("name"));
      if (AwsVariables.kept(name)) {
        variables.add(new Container.Variable(name, value(name, variable)));
      }
    }
    List<Container.Mount> mounts = new ArrayList<>();
    for (Members mount : container.members("volumeMounts")) {
      String volume = once(mount.text("name"));
      String path = once(mount.text("mountPath"));
      if (tokenVolumes.contains(volume) || aboutAws(path)) {
        mounts.add(new Container.Mount(volume, path));
      }
    }
    return new Container(
        once(container.text("name")),
        init,
        variables,
        !container.members("envFrom").isEmpty(),
        mounts);
  }

  private Container.Value value(String name, Members variable) throws ShapeException {
    if (variable.value("valueFrom").isPresent()) {
      List<Json.Member> sources = variable.member("valueFrom").object().members();
      return new Container.Value.FromElsewhere(
          sources.isEmpty() ? "valueFrom" : once(sources.getFirst().name()));
    }
    return AwsVariables.literal(name, once(variable.optionalText("value").orElse("")));
  }

  private static boolean aboutAws(String path) {
    return path.startsWith("/var/run/secrets/")
        || path.startsWith("/run/secrets/")
        || path.endsWith("/.aws")
        || path.contains("/.aws/");
  }

  private Map<String, String> once(Map<String, String> map) {
    Map<String, String> kept = new LinkedHashMap<>();
    map.forEach((key, value) -> kept.put(once(key), once(value)));
    return kept;
  }

  private Optional<String> once(Optional<String> text) {
    return text.map(this::once);
  }

  private String once(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
