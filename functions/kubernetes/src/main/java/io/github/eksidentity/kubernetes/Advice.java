package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope.Kind;
import java.time.Duration;
import java.util.Optional;

/// What a reason means for the coverage of a scope, with the command that would let the next audit
/// read it.
final class Advice {
  private static final String GROUP = "eks-identity-auditor";

  private Advice() {}

  static Coverage coverage(Unreadable reason, Kind kind, Cluster cluster, Duration budget) {
    return switch (reason) {
      case Unreadable.Unauthorized() ->
          failed(
              "401: the cluster does not know the caller. Let it in: aws eks create-access-entry"
                  + " --region "
                  + cluster.region()
                  + " --cluster-name "
                  + cluster.name()
                  + " --principal-arn <ARN of the auditing role> --kubernetes-groups "
                  + GROUP);
      case Unreadable.Forbidden() -> {
        String text =
            "403: the caller may not list them. Allow it: kubectl --context "
                + cluster.arn()
                + " apply -f infra/kubernetes/"
                + manifest(kind);
        yield optional(kind) ? new Coverage.Skipped(text) : failed(text);
      }
      case Unreadable.Unreachable(String detail) ->
          failed(
              "the Kubernetes API does not answer ("
                  + detail
                  + "). Where does it listen: aws eks describe-cluster --region "
                  + cluster.region()
                  + " --name "
                  + cluster.name()
                  + " --query cluster.resourcesVpcConfig");
      case Unreadable.TimedOut() ->
          failed(
              "not read within "
                  + budget.toMillis() / 1000.0
                  + " seconds. Allow it more, or see who may connect: aws eks describe-cluster"
                  + " --region "
                  + cluster.region()
                  + " --name "
                  + cluster.name()
                  + " --query cluster.resourcesVpcConfig");
      case Unreadable.Malformed(String detail) -> failed(detail);
    };
  }

  static Coverage failed(String reason) {
    return new Coverage.Failed(reason, Optional.empty());
  }

  /// A cluster's owner may leave these out.
  private static boolean optional(Kind kind) {
    return kind == Kind.WEBHOOKS || kind == Kind.RBAC;
  }

  private static String manifest(Kind kind) {
    return switch (kind) {
      case WEBHOOKS -> "webhooks.yaml";
      case RBAC -> "rbac.yaml";
      default -> "reader.yaml";
    };
  }
}
