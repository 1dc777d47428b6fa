package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Partition;
import java.util.Set;
import javax.inject.Inject;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// Asks whose account the credentials belong to. Without it nothing can be read.
final class AccountIdentity {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.GET_CALLER_IDENTITY);

  private final Clients clients;
  private final Calls calls;

  @Inject
  AccountIdentity(Clients clients, Calls calls) {
    this.clients = clients;
    this.calls = calls;
  }

  Account read() throws CollectException {
    CallOutcome<GetCallerIdentityResponse> answer =
        calls.call(
            ApiAction.GET_CALLER_IDENTITY,
            Calls.GLOBAL,
            () -> complete(clients.sts().getCallerIdentity()));
    return switch (answer) {
      case CallOutcome.Ok<GetCallerIdentityResponse>(GetCallerIdentityResponse caller) ->
          account(caller);
      case CallOutcome.Gone<GetCallerIdentityResponse>(ReadProblem problem) ->
          throw refused(problem);
      case CallOutcome.Failed<GetCallerIdentityResponse>(ReadProblem problem) ->
          throw refused(problem);
    };
  }

  private static GetCallerIdentityResponse complete(GetCallerIdentityResponse caller) {
    Fields.required(caller.account(), "Account");
    Fields.required(caller.arn(), "Arn");
    return caller;
  }

  private static Account account(GetCallerIdentityResponse caller) throws CollectException {
    Partition partition =
        Arn.parse(caller.arn())
            .flatMap(arn -> Partition.of(arn.partition()))
            .orElseThrow(
                () ->
                    new CollectException(
                        "The caller " + caller.arn() + " is in no partition known here."));
    try {
      return new Account(caller.account(), partition);
    } catch (IllegalArgumentException e) {
      throw new CollectException("AWS named an unusable account: " + e.getMessage() + ".");
    }
  }

  private static CollectException refused(ReadProblem problem) {
    return switch (problem.kind()) {
      case EXPIRED ->
          new CollectException(
              "The credentials have expired: renew them (for example with aws sso login) and"
                  + " audit again.");
      case NOT_ENABLED ->
          new CollectException("AWS does not accept the credentials: " + problem.reason() + ".");
      case DENIED, OTHER ->
          new CollectException("Cannot tell whose account to audit: " + problem.reason() + ".");
    };
  }
}
