package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Quotas;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import javax.inject.Inject;

/// Reads the account's limits. They only sharpen findings, so that a failure is harmless.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>.
final class QuotaCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.GET_ACCOUNT_SUMMARY);
  private static final String TRUST_POLICY_SIZE = "AssumeRolePolicySizeQuota";

  private final Clients clients;
  private final Calls calls;

  @Inject
  QuotaCollector(Clients clients, Calls calls) {
    this.clients = clients;
    this.calls = calls;
  }

  Quotas read(Account account) {
    CallOutcome<Map<String, Integer>> answer =
        calls.call(
            ApiAction.GET_ACCOUNT_SUMMARY,
            Calls.GLOBAL,
            () ->
                clients
                    .iam(account.partition())
                    .getAccountSummary(request -> {})
                    .summaryMapAsStrings());
    return switch (answer) {
      case CallOutcome.Ok<Map<String, Integer>>(Map<String, Integer> summary)
          when summary.containsKey(TRUST_POLICY_SIZE) ->
          new Quotas(OptionalInt.of(summary.get(TRUST_POLICY_SIZE)), OptionalInt.empty());
      case CallOutcome.Ok<Map<String, Integer>> _,
          CallOutcome.Gone<Map<String, Integer>> _,
          CallOutcome.Failed<Map<String, Integer>> _ ->
          Quotas.NOT_READ;
    };
  }
}
