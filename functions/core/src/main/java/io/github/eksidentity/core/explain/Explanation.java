package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.index.Mechanism;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Why a service account gets its role, or does not.
///
/// @param subject `system:serviceaccount:<namespace>:<name>`
/// @param mechanism empty where nothing binds the service account, as far as it is known
/// @param role ARN of the role that it is bound to, or would be
/// @param targetRole ARN of the role that EKS assumes after it
/// @param steps in the order in which a person would look; those that are not on the way are left
/// out
/// @param cause the first thing that is wrong. It is the audit's own finding wherever a rule
/// speaks; where none does, because it was not asked or leaves the case to others, it has the form
/// of one
public record Explanation(
    Cluster cluster,
    String subject,
    Verdict verdict,
    Optional<Mechanism> mechanism,
    Optional<String> role,
    Optional<String> targetRole,
    List<Step> steps,
    Optional<Finding> cause) {

  /// What it comes to.
  public enum Verdict {
    /// Every step is in order.
    WORKS,
    /// A step is broken.
    BROKEN,
    /// Nothing binds the service account to a role, and nothing says that it should be.
    UNBOUND,
    /// No step is broken, and some are not known.
    UNKNOWN;

    /// The verdict as output writes it: lower case.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Explanation {
    steps = List.copyOf(steps);
  }
}
