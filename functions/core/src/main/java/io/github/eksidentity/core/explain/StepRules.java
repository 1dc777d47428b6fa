package io.github.eksidentity.core.explain;

import java.util.Map;
import java.util.Optional;

/// Which step of the way a finding of a rule breaks. Rules about what is loose, unused or merely
/// untidy break none.
final class StepRules {
  private static final Map<String, Step.Kind> BREAKS =
      Map.ofEntries(
          Map.entry("provider-missing", Step.Kind.PROVIDER),
          Map.entry("provider-dual-stack-host", Step.Kind.PROVIDER),
          Map.entry("provider-url-malformed", Step.Kind.PROVIDER),
          Map.entry("trust-provider-missing", Step.Kind.PROVIDER),
          Map.entry("provider-audience-missing", Step.Kind.AUDIENCE),
          Map.entry("annotation-audience-mismatch", Step.Kind.AUDIENCE),
          Map.entry("annotation-malformed-arn", Step.Kind.BINDING),
          Map.entry("annotation-wrong-key", Step.Kind.BINDING),
          Map.entry("service-account-missing", Step.Kind.BINDING),
          Map.entry("service-account-not-annotated", Step.Kind.BINDING),
          Map.entry("annotation-role-missing", Step.Kind.ROLE),
          Map.entry("annotation-role-path-missing", Step.Kind.ROLE),
          Map.entry("association-role-missing", Step.Kind.ROLE),
          Map.entry("annotation-trust-denies", Step.Kind.TRUST),
          Map.entry("association-trust-missing-service", Step.Kind.TRUST),
          Map.entry("association-trust-no-tag-session", Step.Kind.TRUST),
          Map.entry("association-trust-condition-mismatch", Step.Kind.TRUST),
          Map.entry("association-target-role-broken", Step.Kind.TARGET_ROLE),
          Map.entry("role-no-permissions", Step.Kind.PERMISSIONS),
          Map.entry("role-permissions-missing", Step.Kind.PERMISSIONS),
          Map.entry("pod-not-injected", Step.Kind.POD),
          Map.entry("pod-role-stale", Step.Kind.POD),
          Map.entry("pod-partial-environment", Step.Kind.POD),
          Map.entry("pod-wrong-token-path", Step.Kind.POD),
          Map.entry("pod-wrong-service-account", Step.Kind.POD),
          Map.entry("webhook-missing", Step.Kind.POD),
          Map.entry("pod-static-credentials", Step.Kind.SHADOWING),
          Map.entry("pod-proxy-hides-agent", Step.Kind.ENDPOINT),
          Map.entry("pod-unsupported-compute", Step.Kind.ENDPOINT),
          Map.entry("association-agent-missing", Step.Kind.ENDPOINT),
          Map.entry("association-agent-unhealthy", Step.Kind.ENDPOINT),
          Map.entry("association-platform-too-old", Step.Kind.ENDPOINT),
          Map.entry("association-node-role-lacks-eks-auth", Step.Kind.ENDPOINT),
          Map.entry("cluster-sts-region-disabled", Step.Kind.ENDPOINT),
          Map.entry("assume-role-denied", Step.Kind.USE),
          Map.entry("role-idle-with-running-pods", Step.Kind.USE));

  private StepRules() {}

  /// The step that a finding of this rule breaks.
  static Optional<Step.Kind> step(String rule) {
    return Optional.ofNullable(BREAKS.get(rule));
  }
}
