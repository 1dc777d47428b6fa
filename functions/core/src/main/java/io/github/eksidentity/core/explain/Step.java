package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One step of the way from a pod to its role.
///
/// @param evidence what the status rests on, in one sentence without a full stop
/// @param trace how the trust evaluator decided, line by line; empty for other steps
/// @param finding what the audit says is wrong here
public record Step(
    Kind kind, Status status, String evidence, List<String> trace, Optional<Finding> finding) {

  /// The steps in the order in which a person would look.
  public enum Kind {
    /// The issuer of the cluster's tokens.
    ISSUER,
    /// The provider of that issuer in the role's account.
    PROVIDER,
    /// The token's audience, against the provider.
    AUDIENCE,
    /// The annotation or association; Pod Identity wins where both are there.
    BINDING,
    /// The role exists.
    ROLE,
    /// The role's trust lets this subject in.
    TRUST,
    /// The second role of an association.
    TARGET_ROLE,
    /// The role's policies.
    PERMISSIONS,
    /// Variables and token in the running pods.
    POD,
    /// Other credentials or settings that come first.
    SHADOWING,
    /// The Pod Identity agent, or STS.
    ENDPOINT,
    /// When the role was last used.
    USE;

    /// Stable name, as `target-role`.
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the way is in doubt where the step is unknown.
    boolean decides() {
      return this != USE;
    }
  }

  /// What is known of a step.
  public enum Status {
    OK,
    BROKEN,
    UNKNOWN;

    /// The status as output writes it: lower case.
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Step {
    trace = List.copyOf(trace);
  }

  static Step ok(Kind kind, String evidence) {
    return new Step(kind, Status.OK, evidence, List.of(), Optional.empty());
  }

  static Step broken(Kind kind, String evidence, Optional<Finding> finding) {
    return new Step(kind, Status.BROKEN, evidence, List.of(), finding);
  }

  static Step unknown(Kind kind, String evidence) {
    return new Step(kind, Status.UNKNOWN, evidence, List.of(), Optional.empty());
  }

  Step withTrace(List<String> lines) {
    return new Step(kind, status, evidence, lines, finding);
  }
}
