package io.github.eksidentity.kubernetes;

import io.github.eksidentity.core.facts.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks a cluster for a token of a service account. Whoever has the token is the service account
/// wherever its audience is accepted, for ten minutes.
public final class ServiceAccountTokens {
  private ServiceAccountTokens() {}

  /// What the cluster gave.
  public sealed interface Answer {}

  /// A token, which nothing prints.
  public static final class Given implements Answer {
    private final String token;

    private Given(String token) {
      this.token = token;
    }

    /// The token itself.
    public String token() {
      return token;
    }

    @Override
    public String toString() {
      return "a token";
    }
  }

  /// No token.
  ///
  /// @param reason in one sentence without a full stop, with what would mend it
  public record NotGiven(String reason) implements Answer {}

  /// Asks for the shortest-lived token with this audience.
  ///
  /// @param budget how long it may take
  public static Answer request(
      AccessProvider access,
      Cluster cluster,
      String namespace,
      String serviceAccount,
      String audience,
      Duration budget) {
    ClusterAccess found;
    try {
      found = access.access(cluster);
    } catch (AccessException e) {
      return new NotGiven(e.problem());
    }
    try (ApiClient api = new ApiClient(found, budget)) {
      CompletableFuture.delayedExecutor(budget.toNanos(), TimeUnit.NANOSECONDS).execute(api::abort);
      return new Given(api.token(namespace, serviceAccount, audience));
    } catch (UnreadableException e) {
      return new NotGiven(
          reason(e.reason(), new Advice(cluster, found, budget), namespace + "/" + serviceAccount));
    } catch (IOException _) {
      return new NotGiven("no connection can be opened on this machine");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new NotGiven("it was interrupted");
    }
  }

  private static String reason(Unreadable reason, Advice advice, String serviceAccount) {
    return switch (reason) {
      case Unreadable.Unauthorized(Caller.OfAws _, var bytes) when !Advice.isTooLong(bytes) ->
          "401: the cluster does not know the caller; infra/kubernetes/probe-role.yaml makes a role"
              + " that it knows";
      case Unreadable.Forbidden() ->
          "403: the caller may not make tokens for "
              + serviceAccount
              + "; write both names into infra/kubernetes/probe.yaml and apply it to cluster "
              + advice.cluster().name();
      case Unreadable.Answered(int status, int _) when status == 404 ->
          "404: the cluster has no service account " + serviceAccount;
      case Unreadable.Unauthorized _,
          Unreadable.MalformedToken _,
          Unreadable.Unreachable _,
          Unreadable.Untrusted _,
          Unreadable.Handshake _,
          Unreadable.Broken _,
          Unreadable.Busy _,
          Unreadable.Answered _,
          Unreadable.TimedOut _,
          Unreadable.Malformed _ ->
          advice.text(reason);
    };
  }
}
