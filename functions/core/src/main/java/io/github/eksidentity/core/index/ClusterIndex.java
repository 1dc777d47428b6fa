package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.text.NearNames;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The service accounts of one cluster, by subject (`system:serviceaccount:<namespace>:<name>`),
/// with the pods that run with them and what binds them to a role. What was not read is empty: a
/// rule that concludes from it names the need.
public final class ClusterIndex {
  private final Cluster cluster;
  private final Map<String, Resource.OfServiceAccount> serviceAccounts = new LinkedHashMap<>();
  private final Map<String, List<Pod>> pods = new HashMap<>();
  private final Map<String, Association> associations = new HashMap<>();
  private final NearNames subjects;

  ClusterIndex(Cluster cluster) {
    this.cluster = cluster;
    for (ServiceAccount account : cluster.kubernetes().serviceAccounts()) {
      serviceAccounts.put(account.subject(), new Resource.OfServiceAccount(cluster, account));
    }
    for (Pod pod : cluster.kubernetes().pods()) {
      pods.computeIfAbsent(pod.subject(), _ -> new ArrayList<>()).add(pod);
    }
    cluster.associations().forEach(one -> associations.put(one.subject(), one));
    subjects = NearNames.of(serviceAccounts.keySet());
  }

  /// The service account with this subject.
  public Optional<Resource.OfServiceAccount> serviceAccount(String subject) {
    return Optional.ofNullable(serviceAccounts.get(subject));
  }

  /// The service account that was meant by a subject with no more than so many typing errors.
  public Optional<Resource.OfServiceAccount> serviceAccountNear(int typingErrors, String subject) {
    return subjects.within(typingErrors, subject).flatMap(this::serviceAccount);
  }

  /// Every service account.
  public Collection<Resource.OfServiceAccount> serviceAccounts() {
    return serviceAccounts.values();
  }

  /// The pods with this subject, whatever their phase.
  public List<Pod> pods(String subject) {
    return pods.getOrDefault(subject, List.of());
  }

  /// The pods with this subject whose containers run.
  public List<Pod> runningPods(String subject) {
    return pods(subject).stream().filter(Pod::running).toList();
  }

  /// What binds this subject to a role; where there are two, the one that wins comes first.
  public List<Binding> bindings(String subject) {
    List<Binding> bindings = new ArrayList<>();
    Association association = associations.get(subject);
    if (association != null) {
      bindings.add(new Binding.PodIdentity(cluster, association));
    }
    serviceAccount(subject)
        .map(Resource.OfServiceAccount::serviceAccount)
        .ifPresent(
            account ->
                PodWebhook.boundRole(account.annotations())
                    .ifPresent(role -> bindings.add(new Binding.Irsa(cluster, account, role))));
    return List.copyOf(bindings);
  }

  /// The binding by which the webhook prepares new pods with this subject.
  public Optional<Binding> binding(String subject) {
    return bindings(subject).stream().findFirst();
  }
}
