package io.github.eksidentity.core.audit;

/// What a rule must have read completely before it may speak of a subject. Which scopes that is
/// depends on the subject.
public enum Need {
  /// Roles and trust policies of the account.
  IAM("IAM"),
  /// What the roles' policies say.
  IAM_POLICIES("IAM policies"),
  /// When the roles were last used.
  IAM_USAGE("IAM usage"),
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
  NODE_GROUPS("NODEGROUP");

  private final String label;

  Need(String label) {
    this.label = label;
  }

  /// The short name that the rule catalogue uses.
  public String label() {
    return label;
  }
}
