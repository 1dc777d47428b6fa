package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Scope;
import java.util.Optional;

/// What a rule must have read completely before it may speak of a subject. Which scopes that is
/// depends on the subject.
public enum Need {
  /// Roles and trust policies of the account.
  IAM("IAM"),
  /// What the roles' policies say.
  IAM_POLICIES("IAM policies"),
  /// When the roles were last used.
  IAM_USAGE("IAM usage"),
  /// What IAM's policy simulator says of what roles may do.
  SIMULATIONS("IAM simulator"),
  /// OIDC providers of the account.
  OIDC("OIDC"),
  /// Clusters of the subject's region, or of each region that the subject concerns.
  EKS("EKS"),
  /// Clusters of every enabled region: for rules that conclude from absence.
  EKS_EVERYWHERE("EKS*"),
  /// Pod Identity associations of the subject's clusters.
  ASSOCIATIONS("PI"),
  /// Add-ons of the subject's clusters.
  ADDONS("ADDON"),
  /// Managed node groups of the subject's clusters.
  NODE_GROUPS("NODEGROUP"),
  /// Service accounts of the subject's clusters.
  SERVICE_ACCOUNTS("K8S-SA"),
  /// Pods of the subject's clusters.
  PODS("K8S-POD"),
  /// Mutating webhook configurations of the subject's clusters.
  WEBHOOKS("K8S-CFG"),
  /// Roles, cluster roles and bindings of the subject's clusters.
  RBAC("K8S-RBAC"),
  /// What CloudTrail recorded in the regions of the subject's clusters.
  TRAIL("TRAIL");

  private final String label;

  Need(String label) {
    this.label = label;
  }

  /// The kind of scope, where it is one that is read on request only.
  public Optional<Scope.Kind> onRequest() {
    return switch (this) {
      case SERVICE_ACCOUNTS -> Optional.of(Scope.Kind.SERVICE_ACCOUNTS);
      case PODS -> Optional.of(Scope.Kind.PODS);
      case WEBHOOKS -> Optional.of(Scope.Kind.WEBHOOKS);
      case RBAC -> Optional.of(Scope.Kind.RBAC);
      case TRAIL -> Optional.of(Scope.Kind.TRAIL);
      case IAM,
          IAM_POLICIES,
          IAM_USAGE,
          SIMULATIONS,
          OIDC,
          EKS,
          EKS_EVERYWHERE,
          ASSOCIATIONS,
          ADDONS,
          NODE_GROUPS ->
          Optional.empty();
    };
  }

  /// The short name that the rule catalogue uses.
  public String label() {
    return label;
  }
}
