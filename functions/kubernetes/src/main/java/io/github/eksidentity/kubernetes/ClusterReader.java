package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.answers.KubernetesObjects;
import io.github.eksidentity.core.answers.PodReader;
import io.github.eksidentity.core.answers.ShapeException;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import io.github.eksidentity.core.json.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one cluster, part by part. A part that fails leaves nothing of it behind.
final class ClusterReader {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";
  private static final String WHOLE = "application/json";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String WEBHOOKS =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";

  private final Advice advice;
  private final ApiClient api;
  private final Map<Kind, Coverage> coverage = new EnumMap<>(Kind.class);
  private Optional<Unreadable> noWay = Optional.empty();

  ClusterReader(Advice advice, ApiClient api) {
    this.advice = advice;
    this.api = api;
  }

  /// @param coverage of each part
  record Read(Kubernetes facts, Map<Kind, Coverage> coverage) {}

  /// Asks first what the caller may read, so that a refusal is told apart from every other failure
  /// and no list is begun in vain. What was read before its time was over stays.
  Read read() {
    Kubernetes facts =
        new Kubernetes(
            part(Kind.SERVICE_ACCOUNTS, "", "serviceaccounts", List.of(), this::serviceAccounts),
            part(Kind.PODS, "", "pods", List.of(), this::pods),
            part(
                Kind.WEBHOOKS,
                "admissionregistration.k8s.io",
                "mutatingwebhookconfigurations",
                List.of(),
                this::webhooks),
            part(
                Kind.RBAC,
                "rbac.authorization.k8s.io",
                "clusterrolebindings",
                Rbac.NOT_READ,
                this::rbac));
    return new Read(facts, coverage);
  }

  private interface Part<T> {
    T read() throws UnreadableException, InterruptedException;
  }

  private <T> T part(Kind kind, String group, String resource, T nothing, Part<T> part) {
    if (noWay.isPresent()) {
      coverage.put(kind, advice.coverage(noWay.get(), kind));
      return nothing;
    }
    try {
      // a review that is refused says nothing of the list
      if (api.mayList(group, resource) == ApiClient.Review.DENIED) {
        throw new UnreadableException(new Unreadable.Forbidden());
      }
      T read = part.read();
      coverage.put(kind, new Coverage.Complete());
      return read;
    } catch (UnreadableException e) {
      return unread(kind, e.reason(), nothing);
    } catch (InterruptedException _) {
      return unread(kind, new Unreadable.TimedOut(), nothing);
    }
  }

  private <T> T unread(Kind kind, Unreadable reason, T nothing) {
    coverage.put(kind, advice.coverage(reason, kind));
    if (reason.isOfAll(api.answered())) {
      noWay = Optional.of(reason);
    }
    return nothing;
  }

  private List<ServiceAccount> serviceAccounts() throws UnreadableException, InterruptedException {
    return list("/api/v1/serviceaccounts", METADATA, KubernetesObjects::serviceAccount);
  }

  private List<Pod> pods() throws UnreadableException, InterruptedException {
    return list("/api/v1/pods", WHOLE, new PodReader()::pod);
  }

  private List<WebhookConfiguration> webhooks() throws UnreadableException, InterruptedException {
    return list(WEBHOOKS, WHOLE, KubernetesObjects::webhookConfiguration);
  }

  private Rbac rbac() throws UnreadableException, InterruptedException {
    List<Rbac.Role> roles =
        new ArrayList<>(list(RBAC + "clusterroles", WHOLE, KubernetesObjects::role));
    roles.addAll(list(RBAC + "roles", WHOLE, KubernetesObjects::role));
    List<Rbac.Binding> bindings =
        new ArrayList<>(list(RBAC + "clusterrolebindings", WHOLE, KubernetesObjects::binding));
    bindings.addAll(list(RBAC + "rolebindings", WHOLE, KubernetesObjects::binding));
    return new Rbac(roles, bindings);
  }

  private interface Decoder<T> {
    T decode(Json.Obj object) throws ShapeException;
  }

  private <T> List<T> list(String path, String accept, Decoder<T> decoder)
      throws UnreadableException, InterruptedException {
    List<T> items = new ArrayList<>();
    api.list(
        path,
        accept,
        new ApiClient.Sink() {
          @Override
          public void add(Json.Obj object) throws ShapeException {
            items.add(decoder.decode(object));
          }

          @Override
          public int size() {
            return items.size();
          }

          @Override
          public void cutTo(int size) {
            items.subList(size, items.size()).clear();
          }
        });
    return items;
  }
}
