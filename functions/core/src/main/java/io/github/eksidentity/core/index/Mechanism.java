package io.github.eksidentity.core.index;

/// How pods reach roles.
public enum Mechanism {
  IRSA("irsa"),
  POD_IDENTITY("pod-identity");

  private final String id;

  Mechanism(String id) {
    this.id = id;
  }

  /// Stable name, as `pod-identity`.
  public String id() {
    return id;
  }
}
