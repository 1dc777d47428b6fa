package io.github.eksidentity.core.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pod, as far as its way to AWS is concerned.
///
/// @param created empty where the source does not tell
/// @param phase Kubernetes' word, as `Running`
/// @param terminating whether it is being deleted
/// @param labels all of them
/// @param annotations those that [AwsAnnotations] keeps
/// @param node name of its node, empty while it is not scheduled
/// @param scheduler name of its scheduler, as `fargate-scheduler`
/// @param os what it says of the operating system of its node
/// @param owner what created it
/// @param containers init containers first, in the order of the pod; ephemeral ones are left out,
/// as no webhook is asked about them
/// @param tokens service account tokens that its volumes project
/// @param volumes those that project no such token
/// @param hostNetwork whether it has the network of its node
/// @param ready what the kubelet said of it last, empty where the source does not tell
public record Pod(
    String namespace,
    String name,
    String serviceAccount,
    Optional<Instant> created,
    String phase,
    boolean terminating,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<String> node,
    Optional<String> scheduler,
    Os os,
    Optional<Owner> owner,
    List<Container> containers,
    List<TokenVolume> tokens,
    List<Volume> volumes,
    boolean hostNetwork,
    Optional<Boolean> ready) {
  /// Label that EKS's webhook sets on pods of an association, since 2026.
  public static final String POD_IDENTITY_LABEL = "eks.amazonaws.com/pod-identity";

  /// Label of pods that run on Fargate.
  public static final String FARGATE_LABEL = "eks.amazonaws.com/fargate-profile";

  private static final String TEMPLATE_HASH = "pod-template-hash";

  public Pod {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    containers = List.copyOf(containers);
    tokens = List.copyOf(tokens);
    volumes = List.copyOf(volumes);
  }

  /// What a pod says of the operating system of its node.
  ///
  /// @param declared `spec.os.name`
  /// @param selected by the node selector: values of `kubernetes.io/os` and
  /// `beta.kubernetes.io/os`, by label
  /// @param affinity those that required node affinity leaves, sorted; empty where it says nothing
  public record Os(Optional<String> declared, Map<String, String> selected, List<String> affinity) {
    /// The label of nodes, and the one that it replaced.
    public static final List<String> LABELS = List.of("kubernetes.io/os", "beta.kubernetes.io/os");

    /// Says nothing.
    public static final Os UNSAID = new Os(Optional.empty(), Map.of(), List.of());

    private static final String WINDOWS = "windows";

    public Os {
      selected = Map.copyOf(selected);
      affinity = List.copyOf(affinity);
    }

    /// Whether the pod can run on Windows only.
    public boolean windows() {
      return windowsBySelector()
          || declared.filter(WINDOWS::equals).isPresent()
          || affinity.equals(List.of(WINDOWS));
    }

    /// Whether the node selector says so, which is all that EKS's webhook looks at.
    public boolean windowsBySelector() {
      return selected.containsValue(WINDOWS);
    }
  }

  /// A volume that projects no service account token.
  ///
  /// @param kind the member of the volume, as `emptyDir` or `secret`; empty where the source does
  /// not tell
  public record Volume(String name, String kind) {}

  /// The object whose controller made a pod.
  ///
  /// @param kind as `ReplicaSet`; `Node` for a static pod
  public record Owner(String kind, String name) {}

  /// A service account token in a projected volume.
  ///
  /// @param volume name of the volume
  /// @param path of the file within the volume
  /// @param audience empty for the API server's own
  /// @param expirationSeconds empty where the source does not tell
  public record TokenVolume(
      String volume, String path, Optional<String> audience, Optional<Long> expirationSeconds) {}

  /// What people deploy, delete and restart: the same for every replica.
  ///
  /// @param kind `Deployment`, `StatefulSet`, `DaemonSet`, `CronJob`, `Job`, another owner's kind,
  /// or `Pod` for one that has no owner
  public record Workload(String kind, String namespace, String name) {
    /// Whether `kubectl rollout restart` replaces its pods.
    public boolean restartable() {
      return switch (kind) {
        case "Deployment", "StatefulSet", "DaemonSet" -> true;
        default -> false;
      };
    }

    /// Kind and name as kubectl takes them, as `deployment/ledger`.
    @Override
    public String toString() {
      return kind.toLowerCase(java.util.Locale.ROOT) + "/" + name;
    }
  }

  /// Whether its containers run, and are not being stopped.
  public boolean running() {
    return phase.equals("Running") && !terminating;
  }

  /// Whether it runs on Fargate, as its label, its scheduler or its node says.
  public boolean onFargate() {
    return labels.containsKey(FARGATE_LABEL)
        || scheduler.filter("fargate-scheduler"::equals).isPresent()
        || node.filter(name -> name.startsWith("fargate-")).isPresent();
  }

  /// The subject that its tokens carry.
  public String subject() {
    return Subject.of(namespace, serviceAccount);
  }

  /// The workload it belongs to. A ReplicaSet whose name ends in the pod's template hash is a
  /// Deployment's, a Job whose name ends in the minute of its schedule a CronJob's.
  public Workload workload() {
    if (owner.isEmpty()) {
      return new Workload("Pod", namespace, name);
    }
    String kind = owner.get().kind();
    String ownerName = owner.get().name();
    String hash = labels.getOrDefault(TEMPLATE_HASH, "");
    if (kind.equals("ReplicaSet") && !hash.isEmpty() && ownerName.endsWith("-" + hash)) {
      return new Workload(
          "Deployment", namespace, ownerName.substring(0, ownerName.length() - hash.length() - 1));
    }
    if (kind.equals("Job") && ownerName.matches(".+-[0-9]{8}")) {
      return new Workload("CronJob", namespace, ownerName.substring(0, ownerName.length() - 9));
    }
    return new Workload(kind, namespace, ownerName);
  }

  /// The container with this name.
  public Optional<Container> container(String containerName) {
    return containers.stream().filter(one -> one.name().equals(containerName)).findFirst();
  }
}
