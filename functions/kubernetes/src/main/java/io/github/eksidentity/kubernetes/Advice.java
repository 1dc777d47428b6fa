package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What a reason means for people: one sentence without a full stop, then what would let the next
/// audit or probe come further. It is about the way that was taken, by EKS or by a kubeconfig.
///
/// @param budget how long the cluster may take
record Advice(Cluster cluster, ClusterAccess access, Duration budget) {
  private static final String GROUP = "eks-identity-auditor";

  /// The longest token that EKS takes, as
  /// <https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go> has
  /// it.
  private static final int LONGEST_SIGNED_TOKEN = 4096;

  /// What a reason means for the coverage of a scope.
  Coverage coverage(Unreadable reason, Kind kind) {
    if (reason instanceof Unreadable.Forbidden) {
      String text =
          "403: the caller may not list them. Allow it: kubectl --context "
              + cluster.arn()
              + " apply -f infra/kubernetes/"
              + manifest(kind);
      return optional(kind) ? new Coverage.Skipped(text) : failed(text);
    }
    return failed(text(reason));
  }

  static Coverage failed(String reason) {
    return new Coverage.Failed(reason, Optional.empty());
  }

  /// The same for whatever was asked.
  String text(Unreadable reason) {
    return switch (reason) {
      case Unreadable.Unauthorized unauthorized -> unauthorized(unauthorized);
      case Unreadable.Forbidden() -> "403: the caller is not allowed to do it";
      case Unreadable.MalformedToken(String detail) ->
          "the bearer token "
              + (isOfKubeconfig() ? "in its kubeconfig " : "")
              + detail
              + ". No request was made. Write the token alone, in one line";
      case Unreadable.Unreachable(String detail, int attempts) ->
          "the Kubernetes API does not answer ("
              + detail
              + tried(attempts)
              + "). "
              + whereItListens();
      case Unreadable.Untrusted(CertificateFault fault) -> "TLS: " + untrusted(fault);
      case Unreadable.Handshake(String detail, int attempts) ->
          "TLS: in the handshake "
              + detail
              + tried(attempts)
              + ". A load balancer without targets and a proxy do that. "
              + whereItListens();
      case Unreadable.Broken(int attempts) ->
          "the connection broke before its answer was complete"
              + tried(attempts)
              + ". Try again; a proxy or load balancer between may limit how long a connection"
              + " lasts";
      case Unreadable.Busy(int attempts) ->
          "429: the Kubernetes API is busy and refused the request as long as its time of "
              + seconds()
              + " lasted"
              + tried(attempts)
              + ". Allow it more time, or audit when it is less busy";
      case Unreadable.Answered(int status, int attempts) ->
          status / 100 == 3
              ? "it answers with a redirect (" + status + "), which is not followed"
              : "it answers with HTTP " + status + tried(attempts);
      case Unreadable.TimedOut() ->
          "not read within " + seconds() + ". Allow it more, or see who may connect: " + describe();
      case Unreadable.Malformed(String detail) -> detail;
    };
  }

  private static String tried(int attempts) {
    return attempts > 1 ? ", tried " + attempts + " times" : "";
  }

  private String seconds() {
    return budget.toMillis() / 1000.0 + " seconds";
  }

  private boolean isOfKubeconfig() {
    return access.origin() == ClusterAccess.Origin.KUBECONFIG;
  }

  private String describe() {
    return "aws eks describe-cluster --region "
        + cluster.region()
        + " --name "
        + cluster.name()
        + " --query cluster.resourcesVpcConfig";
  }

  private String whereItListens() {
    return isOfKubeconfig()
        ? "The kubeconfig names the server " + access.server()
        : "Where does it listen: " + describe();
  }

  /// Whether EKS refuses a token for its length, whoever signed it.
  static boolean isTooLong(OptionalInt signedTokenBytes) {
    return signedTokenBytes.orElse(0) > LONGEST_SIGNED_TOKEN;
  }

  private String unauthorized(Unreadable.Unauthorized reason) {
    if (isTooLong(reason.tokenBytes())) {
      return String.format(
          Locale.ROOT,
          "401: the bearer token has %,d bytes, and EKS accepts no more than %,d. The session token"
              + " of the AWS credentials makes it this long; an access entry does not help. Use"
              + " credentials with a shorter one: of a user, or of a role assumed directly, without"
              + " session tags and session policies",
          reason.tokenBytes().getAsInt(),
          LONGEST_SIGNED_TOKEN);
    }
    return switch (reason.caller()) {
      case Caller.OfAws _ ->
          "401: the cluster does not know the caller. Let it in: aws eks create-access-entry"
              + " --region "
              + cluster.region()
              + " --cluster-name "
              + cluster.name()
              + " --principal-arn <ARN of the auditing role> --kubernetes-groups "
              + GROUP;
      case Caller.OfKubeconfig _ ->
          "401: the cluster does not accept the token in its kubeconfig. "
              + (reason.tokenBytes().isPresent()
                  ? "AWS credentials signed it, and such a token is accepted for 15 minutes:"
                      + " write it anew"
                  : "It has expired, or it is of another cluster: write a new one")
              + ", or audit with AWS credentials, without the kubeconfig";
      case Caller.OfCertificate _ ->
          "401: the cluster does not accept the client certificate in its kubeconfig. It has"
              + " expired, or another authority signed it: write a new one, or audit with AWS"
              + " credentials, without the kubeconfig";
    };
  }

  private String untrusted(CertificateFault fault) {
    return switch (fault) {
      case CertificateFault.NotTrusted() ->
          "the server's certificate is not signed by the cluster's certificate authority. "
              + (isOfKubeconfig()
                  ? "If EKS has rotated the authority, write the kubeconfig anew: aws eks"
                      + " update-kubeconfig --region "
                      + cluster.region()
                      + " --name "
                      + cluster.name()
                  : "Something else answers at its address, as a proxy that inspects TLS does");
      case CertificateFault.WrongName(String expected, var names) ->
          "the server's certificate is not for "
              + expected
              + (names.isEmpty() ? "" : " but for " + String.join(", ", names))
              + ". "
              + (isOfKubeconfig()
                  ? "Through a tunnel, tls-server-name in the kubeconfig says which name to expect"
                  : "Something else answers at its address");
      case CertificateFault.Expired(var end) ->
          "the server's certificate expired at "
              + end
              + ". Renew it; or mend the clock of this"
              + " machine";
      case CertificateFault.NotYetValid(var begin) ->
          "the server's certificate is not valid before "
              + begin
              + ". Mend the clock of this"
              + " machine; or the certificate";
    };
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
