package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.webhook.CredentialPair;
import io.github.eksidentity.core.webhook.PodSelection;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The running pods of one service account, told once for each workload: replicas are alike, and
/// how many there are is not evidence.
///
/// @param binding how the webhook prepares new pods; empty where nothing binds the service account
/// @param pods one running pod of each workload and template, in the order of the workloads
public record BoundPods(
    Cluster cluster, ServiceAccount serviceAccount, Optional<Binding> binding, List<Pod> pods) {
  public static BoundPods of(Resource.OfServiceAccount subject, AuditContext context) {
    ClusterIndex there = context.index().in(subject.cluster());
    String identity = subject.serviceAccount().subject();
    return new BoundPods(
        subject.cluster(),
        subject.serviceAccount(),
        there.binding(identity),
        there.runningPods(identity).stream()
            .filter(pod -> !isStatic(pod))
            .sorted(Comparator.comparing((Pod pod) -> pod.workload().toString()))
            .toList());
  }

  /// A static pod is made by the kubelet of its node, and no webhook is asked about it.
  private static boolean isStatic(Pod pod) {
    return pod.owner().filter(owner -> owner.kind().equals("Node")).isPresent();
  }

  /// EKS's webhook as it is set up for new pods; empty where nothing binds the service account.
  public Optional<PodWebhook> webhook() {
    return binding.flatMap(
        found ->
            switch (found) {
              case Binding.Irsa _ ->
                  PodWebhook.ofAnnotation(serviceAccount.annotations(), cluster.region());
              case Binding.PodIdentity _ ->
                  Optional.of(
                      PodWebhook.ofAssociation(
                          serviceAccount.annotations(), cluster.region(), false));
            });
  }

  /// Whether a pod like this is sent to EKS's webhook: as its configuration says where that is
  /// known, otherwise as EKS makes it.
  public boolean asked(Pod pod) {
    return PodSelection.ofEks(cluster.kubernetes().webhooks())
        .map(selection -> selection.sends(pod.namespace(), pod.labels()))
        .orElseGet(() -> PodWebhook.asked(pod.labels()));
  }

  /// Whether a configuration that was read leaves a pod out although it does not ask for that.
  public boolean leftOutByConfiguration(Pod pod) {
    return PodWebhook.asked(pod.labels()) && !asked(pod);
  }

  /// Whether the configuration explains that a pod was not sent to the webhook: it leaves the pod
  /// out, or it is not there.
  public boolean concernsConfiguration(Pod pod) {
    return PodWebhook.asked(pod.labels())
        && PodSelection.ofEks(cluster.kubernetes().webhooks())
            .filter(selection -> selection.sends(pod.namespace(), pod.labels()))
            .isEmpty();
  }

  /// `payments/ledger of cluster prod`.
  public String named() {
    return serviceAccount.qualifiedName() + " of cluster " + cluster.name();
  }

  /// One container of a workload at which something was observed.
  public record Spot(Pod pod, Container container) {
    public Pod.Workload workload() {
      return pod.workload();
    }

    public Evidence evidence(String summary) {
      return Evidence.of("container %s of %s %s".formatted(container.name(), workload(), summary));
    }
  }

  /// A test of a container in its pod.
  public interface Test {
    boolean holds(Pod pod, Container container);
  }

  /// The containers for which a test holds, each once for its workload.
  public List<Spot> where(Test test) {
    Map<String, Spot> found = new LinkedHashMap<>();
    for (Pod pod : pods) {
      for (Container container : pod.containers()) {
        if (test.holds(pod, container)) {
          found.putIfAbsent(pod.workload() + "/" + container.name(), new Spot(pod, container));
        }
      }
    }
    return List.copyOf(found.values());
  }

  public static List<Pod.Workload> workloads(List<Spot> spots) {
    Set<Pod.Workload> workloads = new LinkedHashSet<>();
    spots.forEach(spot -> workloads.add(spot.workload()));
    return List.copyOf(workloads);
  }

  /// Whether the container has what STS needs from it.
  public static boolean hasWebIdentity(Container container) {
    return CredentialPair.WEB_IDENTITY.complete(container);
  }

  /// Whether the container has what the Pod Identity agent needs from it.
  public static boolean hasPodIdentity(Container container) {
    return CredentialPair.POD_IDENTITY.complete(container);
  }

  /// Lets new pods take the place of these workloads' pods, where kubectl can do that for all of
  /// them.
  public Remediation restart(String advice, List<Pod.Workload> workloads) {
    List<Change> changes = new ArrayList<>();
    for (Pod.Workload workload : workloads) {
      if (!workload.restartable()) {
        return Remediation.decide(
            advice,
            workloads.stream()
                .map(one -> "Delete the pods of %s, or let them end.".formatted(one))
                .toArray(String[]::new));
      }
      changes.add(new Change.RestartWorkload(cluster.arn(), workload));
    }
    return new Remediation.Fix(advice, changes);
  }
}
