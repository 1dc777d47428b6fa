package io.github.eksidentity.core.access;

import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.admit.CallerKind;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.evaluate.Request;
import java.util.List;
import java.util.Map;

/// The way in by Pod Identity: associations of whatever cluster, with or without session tags.
record PodIdentityCallers() implements CallerKind {
  private static final int ACCOUNT_DIGITS = 12;

  @Override
  public Map<Claim, List<String>> claims() {
    return Map.of(
        Claim.CLUSTER,
        List.of(),
        Claim.NAMESPACE,
        List.of(),
        Claim.SERVICE_ACCOUNT,
        List.of(),
        Claim.SESSION_TAGS,
        List.of(Claim.ON, Claim.OFF));
  }

  @Override
  public Map<String, Carrier> carriers() {
    return Map.of(
        "aws:sourcearn", Carrier.whole(Claim.CLUSTER),
        "aws:sourceaccount",
            new Carrier(Claim.CLUSTER, "arn:*:eks:*:", ":cluster/*", ACCOUNT_DIGITS),
        "aws:requesttag/eks-cluster-arn", Carrier.whole(Claim.CLUSTER),
        "aws:requesttag/eks-cluster-name", Carrier.part(Claim.CLUSTER, "arn:*:cluster/", ""),
        "aws:requesttag/kubernetes-namespace", Carrier.whole(Claim.NAMESPACE),
        "aws:requesttag/kubernetes-service-account", Carrier.whole(Claim.SERVICE_ACCOUNT));
  }

  @Override
  public List<Request> requests(Map<Claim, String> caller) {
    boolean tags = !caller.getOrDefault(Claim.SESSION_TAGS, Claim.ON).equals(Claim.OFF);
    List<String> actions =
        tags ? PodRequests.POD_IDENTITY : List.of(PodRequests.POD_IDENTITY.getFirst());
    return actions.stream()
        .map(
            action ->
                PodRequests.podIdentity(
                    caller.getOrDefault(Claim.CLUSTER, ""),
                    caller.getOrDefault(Claim.NAMESPACE, ""),
                    caller.getOrDefault(Claim.SERVICE_ACCOUNT, ""),
                    tags,
                    action))
        .toList();
  }
}
