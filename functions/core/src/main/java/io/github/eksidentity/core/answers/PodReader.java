package io.github.eksidentity.core.answers;

import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonMembers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads pods into facts, one after the other. Replicas are alike, so that a text that came before
/// is kept once: an instance serves one list.
///
///
/// Documented at <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/>.
public final class PodReader {
  private static final Set<String> SYSTEMS = Set.of("linux", "windows");
  private static final String DEFAULT_ACCOUNT = "default";

  private final Map<String, String> texts = new HashMap<>();

  /// A pod. A source that did not go through the API server may leave its service account out.
  public Pod pod(Json.Obj object) throws ShapeException {
    JsonMembers<ShapeException> members = ShapeException.members(object);
    JsonMembers<ShapeException> metadata = members.object("metadata");
    JsonMembers<ShapeException> spec = members.object("spec");
    List<Pod.TokenVolume> tokens = tokens(spec);
    List<Container> containers = new ArrayList<>();
    for (JsonMembers<ShapeException> container : spec.objects("initContainers")) {
      containers.add(container(container, true));
    }
    for (JsonMembers<ShapeException> container : spec.objects("containers")) {
      containers.add(container(container, false));
    }
    return new Pod(
        once(metadata.text("namespace")),
        metadata.text("name"),
        once(serviceAccount(spec)),
        metadata.time("creationTimestamp"),
        once(members.objectOrEmpty("status").optionalText("phase").orElse("Unknown")),
        metadata.value("deletionTimestamp").isPresent(),
        once(metadata.textMap("labels")),
        once(KubernetesObjects.annotations(metadata)),
        once(spec.optionalText("nodeName")),
        once(spec.optionalText("schedulerName")),
        os(spec),
        owner(metadata),
        containers,
        tokens,
        volumes(spec, tokens),
        spec.flag("hostNetwork"),
        ready(members));
  }

  private static Optional<Boolean> ready(JsonMembers<ShapeException> pod) throws ShapeException {
    for (JsonMembers<ShapeException> condition :
        pod.objectOrEmpty("status").objects("conditions")) {
      if (condition.optionalText("type").filter("Ready"::equals).isPresent()) {
        return condition.optionalText("status").map("True"::equals);
      }
    }
    return Optional.empty();
  }

  private static String serviceAccount(JsonMembers<ShapeException> spec) throws ShapeException {
    return spec.optionalText("serviceAccountName")
        .filter(name -> !name.isEmpty())
        .orElse(DEFAULT_ACCOUNT);
  }

  private Pod.Os os(JsonMembers<ShapeException> spec) throws ShapeException {
    Map<String, String> selected = new LinkedHashMap<>();
    spec.textMap("nodeSelector")
        .forEach(
            (label, value) -> {
              if (Pod.Os.LABELS.contains(label)) {
                selected.put(once(label), once(value));
              }
            });
    Pod.Os os =
        new Pod.Os(once(spec.objectOrEmpty("os").optionalText("name")), selected, affinity(spec));
    return os.equals(Pod.Os.UNSAID) ? Pod.Os.UNSAID : os;
  }

  /// The operating systems that required node affinity leaves: its terms are alternatives, the
  /// requirements of a term hold together.
  private static List<String> affinity(JsonMembers<ShapeException> spec) throws ShapeException {
    Set<String> left = new TreeSet<>();
    for (JsonMembers<ShapeException> term :
        spec.objectOrEmpty("affinity")
            .objectOrEmpty("nodeAffinity")
            .objectOrEmpty("requiredDuringSchedulingIgnoredDuringExecution")
            .objects("nodeSelectorTerms")) {
      left.addAll(ofTerm(term));
    }
    return left.equals(SYSTEMS) ? List.of() : List.copyOf(left);
  }

  private static Set<String> ofTerm(JsonMembers<ShapeException> term) throws ShapeException {
    Set<String> left = new TreeSet<>(SYSTEMS);
    for (JsonMembers<ShapeException> expression : term.objects("matchExpressions")) {
      if (Pod.Os.LABELS.contains(expression.text("key"))) {
        switch (expression.text("operator")) {
          case "In" -> left.retainAll(expression.texts("values"));
          case "NotIn" -> expression.texts("values").forEach(left::remove);
          default -> {}
        }
      }
    }
    return left;
  }

  private Optional<Pod.Owner> owner(JsonMembers<ShapeException> metadata) throws ShapeException {
    Optional<Pod.Owner> owner = Optional.empty();
    for (JsonMembers<ShapeException> reference : metadata.objects("ownerReferences")) {
      if (reference.flag("controller") || owner.isEmpty()) {
        owner =
            Optional.of(new Pod.Owner(once(reference.text("kind")), once(reference.text("name"))));
      }
    }
    return owner;
  }

  private List<Pod.TokenVolume> tokens(JsonMembers<ShapeException> spec) throws ShapeException {
    List<Pod.TokenVolume> tokens = new ArrayList<>();
    for (JsonMembers<ShapeException> volume : spec.objects("volumes")) {
      for (JsonMembers<ShapeException> source :
          volume.objectOrEmpty("projected").objects("sources")) {
        if (source.value("serviceAccountToken").isPresent()) {
          JsonMembers<ShapeException> token = source.objectOrEmpty("serviceAccountToken");
          tokens.add(
              new Pod.TokenVolume(
                  once(volume.text("name")),
                  once(token.text("path")),
                  once(token.optionalText("audience").filter(text -> !text.isEmpty())),
                  token.number("expirationSeconds", Long.MAX_VALUE)));
        }
      }
    }
    return tokens;
  }

  private List<Pod.Volume> volumes(JsonMembers<ShapeException> spec, List<Pod.TokenVolume> tokens)
      throws ShapeException {
    Set<String> projecting =
        tokens.stream().map(Pod.TokenVolume::volume).collect(Collectors.toSet());
    List<Pod.Volume> volumes = new ArrayList<>();
    for (JsonMembers<ShapeException> volume : spec.objects("volumes")) {
      String name = once(volume.text("name"));
      if (!projecting.contains(name)) {
        volumes.add(
            new Pod.Volume(
                name,
                volume.object().members().stream()
                    .map(Json.Member::name)
                    .filter(member -> !member.equals("name"))
                    .findFirst()
                    .map(this::once)
                    .orElse("")));
      }
    }
    return volumes;
  }

  private Container container(JsonMembers<ShapeException> container, boolean init)
      throws ShapeException {
    List<Container.Variable> variables = new ArrayList<>();
    for (JsonMembers<ShapeException> variable : container.objects("env")) {
      String name = once(variable.text("name"));
      if (AwsVariables.kept(name)) {
        variables.add(new Container.Variable(name, value(name, variable)));
      }
    }
    List<Container.Mount> mounts = new ArrayList<>();
    for (JsonMembers<ShapeException> mount : container.objects("volumeMounts")) {
      mounts.add(
          new Container.Mount(
              once(mount.text("name")),
              once(mount.text("mountPath")),
              once(mount.optionalText("subPath").orElse(""))));
    }
    return new Container(once(container.text("name")), init, variables, sources(container), mounts);
  }

  private Container.Value value(String name, JsonMembers<ShapeException> variable)
      throws ShapeException {
    if (variable.value("valueFrom").isPresent()) {
      List<Json.Member> sources = variable.objectOrEmpty("valueFrom").object().members();
      return new Container.Value.FromElsewhere(
          sources.isEmpty() ? "valueFrom" : once(sources.getFirst().name()));
    }
    return AwsVariables.literal(name, once(variable.optionalText("value").orElse("")));
  }

  private List<Container.Source> sources(JsonMembers<ShapeException> container)
      throws ShapeException {
    List<Container.Source> sources = new ArrayList<>();
    for (JsonMembers<ShapeException> source : container.objects("envFrom")) {
      String kind = "";
      String name = "";
      for (String member : List.of("configMapRef", "secretRef")) {
        if (source.value(member).isPresent()) {
          kind = member;
          name = source.objectOrEmpty(member).optionalText("name").orElse("");
        }
      }
      sources.add(
          new Container.Source(kind, once(name), once(source.optionalText("prefix").orElse(""))));
    }
    return sources;
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
