package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.edit.Edit;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// The default settings with one part changed.
public final class SettingsEdits {
  private static final Edit<Settings> EDIT = Edit.of(Settings.class);

  private SettingsEdits() {}

  public static Settings knownIssuers(String... issuers) {
    return EDIT.with("knownIssuers", Set.of(issuers)).apply(Settings.DEFAULTS);
  }

  public static Settings trustPolicyLimit(int characters, int nearPercent) {
    return EDIT.with("trustPolicyLimit", OptionalInt.of(characters))
        .with("nearLimitPercent", nearPercent)
        .apply(Settings.DEFAULTS);
  }

  public static Settings providerLimit(int providers) {
    return EDIT.with("providerLimit", OptionalInt.of(providers)).apply(Settings.DEFAULTS);
  }

  public static Settings sharedNamespaces(int namespaces) {
    return EDIT.with("sharedNamespaces", namespaces).apply(Settings.DEFAULTS);
  }

  public static Settings idleHours(int hours) {
    return EDIT.with("idleHours", hours).apply(Settings.DEFAULTS);
  }

  public static Settings requiredActions(Map<String, Set<String>> actions) {
    return EDIT.with("requiredActions", actions).apply(Settings.DEFAULTS);
  }

  public static Settings disabledRules(String... ids) {
    return EDIT.with("disabledRules", Set.of(ids)).apply(Settings.DEFAULTS);
  }
}
