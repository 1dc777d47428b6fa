package io.github.eksidentity.audit;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.lambda.Environment;
import io.github.eksidentity.lambda.FunctionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the function is set up.
///
/// @param accounts to audit besides the function's own
/// @param memberRole name of the role to assume in other accounts
/// @param externalId what the trust of that role asks for
/// @param regions the only regions; empty for every enabled one
/// @param trail whether denied calls are looked up in CloudTrail
/// @param clusterBudget how long reading one cluster's Kubernetes API may take; empty where it is
/// not read
/// @param rules settings of the rules
record AuditSettings(
    List<String> accounts,
    Optional<String> memberRole,
    Optional<String> externalId,
    List<String> regions,
    boolean trail,
    Optional<Duration> clusterBudget,
    Settings rules) {

  AuditSettings {
    accounts = List.copyOf(accounts);
    regions = List.copyOf(regions);
  }

  /// @throws FunctionException where the settings of the rules are wrong
  static AuditSettings of(Environment environment) {
    return new AuditSettings(
        environment.list("ACCOUNTS"),
        environment.optional("MEMBER_ROLE_NAME"),
        environment.optional("EXTERNAL_ID"),
        environment.list("REGIONS"),
        environment.flag("READ_TRAIL"),
        environment.flag("READ_CLUSTERS")
            ? Optional.of(clusterBudget(environment.required("CLUSTER_BUDGET_SECONDS")))
            : Optional.empty(),
        environment.optional("SETTINGS").map(SettingsText::read).orElse(Settings.DEFAULTS));
  }

  private static Duration clusterBudget(String seconds) {
    if (!seconds.matches("[1-9]\\d{0,3}")) {
      throw new FunctionException(
          "The environment variable CLUSTER_BUDGET_SECONDS is a number of seconds, not "
              + seconds
              + ".");
    }
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  /// The accounts that a request is about.
  ///
  /// @throws FunctionException where it asks for another account and there is no role to assume, or
  /// for one that is not among those that are listed. Where none are listed they come from the
  /// organization, so that any may be asked for.
  List<Target> targets(AuditRequest request, Account own) {
    List<String> asked = new ArrayList<>(request.accounts());
    for (String id : asked) {
      if (!accounts.isEmpty() && !accounts.contains(id) && !id.equals(own.id())) {
        throw new FunctionException(
            "Account %s is not among those that this stack audits: %s; see its parameter Accounts."
                .formatted(id, String.join(", ", accounts)));
      }
    }
    if (asked.isEmpty()) {
      asked.add(own.id());
      asked.addAll(accounts);
    }
    List<Target> targets =
        asked.stream()
            .distinct()
            .map(id -> new Target(new Account(id, own.partition()), id.equals(own.id())))
            .toList();
    if (memberRole.isEmpty() && targets.stream().anyMatch(target -> !target.own())) {
      throw new FunctionException(
          "Other accounts need a role to assume; set the stack's parameter MemberRoleName.");
    }
    return targets;
  }

  /// The regions that a request is about; empty for all.
  ///
  /// @throws FunctionException where it asks for one that this stack does not audit
  List<String> regions(AuditRequest request) {
    for (String region : request.regions()) {
      if (!regions.isEmpty() && !regions.contains(region)) {
        throw new FunctionException(
            "Region %s is not among those that this stack audits: %s; see its parameter Regions."
                .formatted(region, String.join(", ", regions)));
      }
    }
    return request.regions().isEmpty() ? regions : request.regions();
  }
}
