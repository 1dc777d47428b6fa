package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Settings;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// The default settings with one part changed.
final class SettingsEdits {
  private static final Settings OLD = Settings.DEFAULTS;

  private SettingsEdits() {}

  static Settings knownIssuers(String... issuers) {
    return new Settings(
        Set.of(issuers),
        OLD.disabledRules(),
        OLD.severities(),
        OLD.unusedDays(),
        OLD.idleHours(),
        OLD.trailHours(),
        OLD.requiredActions(),
        OLD.probe(),
        OLD.sharedNamespaces(),
        OLD.sharedClusters(),
        OLD.nearLimitPercent(),
        OLD.trustPolicyLimit(),
        OLD.providerLimit(),
        OLD.suspectPercent(),
        OLD.suspectCount());
  }

  static Settings trustPolicyLimit(int characters, int nearPercent) {
    return new Settings(
        OLD.knownIssuers(),
        OLD.disabledRules(),
        OLD.severities(),
        OLD.unusedDays(),
        OLD.idleHours(),
        OLD.trailHours(),
        OLD.requiredActions(),
        OLD.probe(),
        OLD.sharedNamespaces(),
        OLD.sharedClusters(),
        nearPercent,
        OptionalInt.of(characters),
        OLD.providerLimit(),
        OLD.suspectPercent(),
        OLD.suspectCount());
  }

  static Settings idleHours(int hours) {
    return with(OLD.disabledRules(), hours, OLD.requiredActions());
  }

  static Settings requiredActions(Map<String, Set<String>> actions) {
    return with(OLD.disabledRules(), OLD.idleHours(), actions);
  }

  static Settings disabledRules(String... ids) {
    return with(Set.of(ids), OLD.idleHours(), OLD.requiredActions());
  }

  private static Settings with(
      Set<String> disabledRules, int idleHours, Map<String, Set<String>> requiredActions) {
    return new Settings(
        OLD.knownIssuers(),
        disabledRules,
        OLD.severities(),
        OLD.unusedDays(),
        idleHours,
        OLD.trailHours(),
        requiredActions,
        OLD.probe(),
        OLD.sharedNamespaces(),
        OLD.sharedClusters(),
        OLD.nearLimitPercent(),
        OLD.trustPolicyLimit(),
        OLD.providerLimit(),
        OLD.suspectPercent(),
        OLD.suspectCount());
  }
}
