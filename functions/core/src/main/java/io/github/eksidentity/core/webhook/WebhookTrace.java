package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import java.util.List;
import java.util.Set;

/// Tells what EKS's webhook wrote into a running pod from what its template holds. The webhook
/// appends: first the endpoint and the region where they are missing, then the pair, one after the
/// other, and it mounts its volume. A pair that stands before what the webhook appends stood there
/// when the webhook came.
public final class WebhookTrace {
  private static final Set<String> APPENDED_BEFORE =
      Set.of(AwsVariables.STS_REGIONAL_ENDPOINTS, AwsVariables.REGION, AwsVariables.DEFAULT_REGION);

  private WebhookTrace() {}

  /// Whether the webhook wrote a container's pair, and not the template of its pod.
  public static boolean wrote(CredentialPair pair, Container container) {
    List<String> names = container.variables().stream().map(Container.Variable::name).toList();
    int target = names.lastIndexOf(pair.target());
    return target >= 0
        && target == names.indexOf(pair.target())
        && names.lastIndexOf(pair.tokenFile()) == target + 1
        && names.subList(target + 2, names.size()).stream().noneMatch(APPENDED_BEFORE::contains)
        && container.literal(pair.target()).isPresent()
        && container
            .literal(pair.tokenFile())
            .filter(path -> path.equals(pair.path(false)) || path.equals(pair.path(true)))
            .isPresent()
        && container.mounts().stream().anyMatch(mount -> mount.volume().equals(pair.volume()));
  }

  /// Whether the webhook wrote the pair of any container, so that it knew of the binding when the
  /// pod was made.
  public static boolean wrote(CredentialPair pair, Pod pod) {
    return pod.containers().stream().anyMatch(container -> wrote(pair, container));
  }
}
