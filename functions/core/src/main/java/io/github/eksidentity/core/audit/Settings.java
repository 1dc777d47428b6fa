package io.github.eksidentity.core.audit;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// What the user may set. The defaults are [#DEFAULTS].
///
/// @param knownIssuers issuers without `https://` of clusters outside the account that are meant to
/// be trusted; `*` and `?` are wildcards
/// @param disabledRules ids of rules that are not asked
/// @param severities severity of every finding of a rule, by its id, instead of the rule's own
/// @param unusedDays after how many days without use a role counts as unused; counted from its
/// creation where it was never used
/// @param idleHours for how many hours pods must have been running with a role that was never used
/// before that is reported
/// @param trailHours how many hours back calls are looked up in CloudTrail, where that is asked for
/// @param requiredActions actions that roles must be allowed, by ARN or name of the role; `*` and
/// `?` are wildcards
/// @param probe service accounts that may be probed, as `cluster/namespace/name`
/// @param sharedNamespaces from how many namespaces on a role counts as shared
/// @param sharedClusters from how many clusters on a role counts as shared
/// @param nearLimitPercent from which part of a limit on it counts as near
/// @param trustPolicyLimit characters of a trust policy, white space not counted, where the
/// account's limit was raised
/// @param providerLimit OIDC providers of an account, where the account's limit was raised
/// @param suspectPercent a run that would resolve more than this part of an account's open
/// findings, and more than `suspectCount`, is not believed until the next one says the same
/// @param suspectCount see `suspectPercent`
public record Settings(
    Set<String> knownIssuers,
    Set<String> disabledRules,
    Map<String, Severity> severities,
    int unusedDays,
    int idleHours,
    int trailHours,
    Map<String, Set<String>> requiredActions,
    Set<String> probe,
    int sharedNamespaces,
    int sharedClusters,
    int nearLimitPercent,
    OptionalInt trustPolicyLimit,
    OptionalInt providerLimit,
    int suspectPercent,
    int suspectCount) {
  /// What holds where nothing is set.
  public static final Settings DEFAULTS =
      new Settings(
          Set.of(),
          Set.of(),
          Map.of(),
          90,
          24,
          24,
          Map.of(),
          Set.of(),
          3,
          3,
          90,
          OptionalInt.empty(),
          OptionalInt.empty(),
          30,
          10);

  public Settings {
    knownIssuers = Set.copyOf(knownIssuers);
    disabledRules = Set.copyOf(disabledRules);
    severities = Map.copyOf(severities);
    requiredActions = Map.copyOf(requiredActions);
    probe = Set.copyOf(probe);
  }
}
