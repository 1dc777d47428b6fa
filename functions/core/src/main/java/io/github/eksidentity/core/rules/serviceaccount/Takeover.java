package io.github.eksidentity.core.rules.serviceaccount;

import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.ServiceAccount;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The ways in which RBAC lets somebody become a service account.
///
/// Documented at <https://kubernetes.io/docs/concepts/security/rbac-good-practices/>.
enum Takeover {
  /// Make a token by TokenRequest, with whatever audience.
  MINT("make tokens for"),
  IMPERSONATE("impersonate"),
  /// Write its annotations, and so choose its role.
  REWRITE("change"),
  /// Create pods that run with it.
  RUN("run pods as");

  private static final String CORE = "";
  private static final List<String> CORE_WORKLOADS = List.of("pods", "replicationcontrollers");
  private static final List<String> APPS =
      List.of("deployments", "daemonsets", "statefulsets", "replicasets");
  private static final List<String> BATCH = List.of("jobs", "cronjobs");

  private final String phrase;

  Takeover(String phrase) {
    this.phrase = phrase;
  }

  /// As part of a sentence, before the name of the service account.
  String phrase() {
    return phrase;
  }

  /// How a role lets its holders become a service account of a namespace where it holds.
  ///
  /// @param everywhere whether the role is given for the whole cluster
  static Set<Takeover> of(Rbac.Role role, ServiceAccount account, boolean everywhere) {
    Set<Takeover> ways = EnumSet.noneOf(Takeover.class);
    for (Rbac.Rule rule : role.rules()) {
      boolean named = names(rule, account.name());
      if (named && allows(rule, CORE, "serviceaccounts/token", "create")) {
        ways.add(MINT);
      }
      if ((named && allows(rule, CORE, "serviceaccounts", "impersonate"))
          || (everywhere
              && names(rule, account.subject())
              && allows(rule, CORE, "users", "impersonate"))) {
        ways.add(IMPERSONATE);
      }
      if (named
          && (allows(rule, CORE, "serviceaccounts", "patch")
              || allows(rule, CORE, "serviceaccounts", "update"))) {
        ways.add(REWRITE);
      }
      if (runsPods(rule)) {
        ways.add(RUN);
      }
    }
    return ways;
  }

  /// The name of what is created is not known when the API server decides, so a rule that names
  /// resources never allows it.
  private static boolean runsPods(Rbac.Rule rule) {
    return rule.resourceNames().isEmpty()
        && (createsAny(rule, CORE, CORE_WORKLOADS)
            || createsAny(rule, "apps", APPS)
            || createsAny(rule, "batch", BATCH));
  }

  private static boolean createsAny(Rbac.Rule rule, String group, List<String> resources) {
    return resources.stream().anyMatch(resource -> allows(rule, group, resource, "create"));
  }

  private static boolean names(Rbac.Rule rule, String name) {
    return rule.resourceNames().isEmpty() || rule.resourceNames().contains(name);
  }

  private static boolean allows(Rbac.Rule rule, String group, String resource, String verb) {
    return has(rule.apiGroups(), group)
        && has(rule.verbs(), verb)
        && (has(rule.resources(), resource) || coversSubresource(rule, resource));
  }

  /// `*/token` stands for the subresource of every resource.
  private static boolean coversSubresource(Rbac.Rule rule, String resource) {
    int slash = resource.indexOf('/');
    return slash >= 0 && rule.resources().contains("*" + resource.substring(slash));
  }

  private static boolean has(List<String> values, String wanted) {
    return values.contains("*") || values.contains(wanted);
  }
}
