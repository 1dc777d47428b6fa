package io.github.eksidentity.core.facts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A Kubernetes service account.
///
/// @param created empty where the source does not tell
/// @param labels all of them
/// @param annotations those that [AwsAnnotations] keeps
public record ServiceAccount(
    String namespace,
    String name,
    Optional<Instant> created,
    Map<String, String> labels,
    Map<String, String> annotations) {
  public ServiceAccount {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /// The subject that its tokens carry.
  public String subject() {
    return Subject.of(namespace, name);
  }

  /// Namespace and name, as `payments/ledger`.
  public String qualifiedName() {
    return namespace + "/" + name;
  }

  /// The annotation with this key.
  public Optional<String> annotation(String key) {
    return Optional.ofNullable(annotations.get(key));
  }
}
