package io.github.eksidentity.core.audit;

/// The chapters of the rule catalogue.
public enum Category {
  PROVIDER("Providers"),
  BROKEN_TRUST("Trust policies: broken"),
  LOOSE_TRUST("Trust policies: loose"),
  ROLE("Roles"),
  POD_IDENTITY("Pod Identity"),
  SERVICE_ACCOUNT("Service accounts and pods"),
  CLUSTER("Clusters and evidence");

  private final String title;

  Category(String title) {
    this.title = title;
  }

  /// The chapter's heading.
  public String title() {
    return title;
  }
}
