package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the role of an association reaches its target role.
sealed interface ChainState {
  /// It does, or nobody asks.
  record Closed() implements ChainState {}

  /// It cannot be said.
  record Unknown(String reason) implements ChainState {}

  /// It does not.
  record Open(List<Evidence> evidence, Remediation remediation) implements ChainState {
    public Open {
      evidence = List.copyOf(evidence);
    }
  }

  /// The state of a chain. A link that is open for certain decides, whatever is not known of
  /// others.
  static ChainState of(TargetChain chain) {
    if (chain.crossesAccounts()) {
      return permissions(chain)
          .orElseGet(
              () ->
                  new Unknown(
                      "the trust policy of the target role is in account "
                          + TargetChain.account(chain.target())));
    }
    Optional<RoleTrust> trust = chain.targetTrust();
    if (trust.isEmpty()) {
      return new Open(
          List.of(
              Evidence.of("no role of the account has this ARN")
                  .withKey("targetRoleArn")
                  .withValue(chain.target())),
          ChainRemedy.missing(chain));
    }
    return trust
        .get()
        .policy()
        .map(policy -> withinAccount(chain, policy))
        .orElseGet(() -> new Unknown("the trust policy of the target role cannot be understood"));
  }

  private static ChainState withinAccount(TargetChain chain, TrustPolicy policy) {
    Optional<String> unknown = Optional.empty();
    for (String action : chain.actions()) {
      switch (chain.decide(policy, action)) {
        case Decision.Denied denied -> {
          return untrusted(chain, policy, action, denied);
        }
        case Decision.Unknown undetermined -> unknown = Optional.of(undetermined.reason());
        case Decision.Allowed _ -> {}
      }
    }
    if (unknown.isPresent()) {
      return new Unknown(unknown.get());
    }
    return chain.isNamed(policy) ? new Closed() : permissions(chain).orElseGet(Closed::new);
  }

  private static ChainState untrusted(
      TargetChain chain, TrustPolicy policy, String action, Decision.Denied denied) {
    Evidence evidence =
        Evidence.of("the target role's trust policy does not let the role in: " + denied.reason())
            .withValue(chain.target())
            .withClaim(chain.source().arn());
    Optional<String> wanted = chain.wantedExternalId(policy);
    if (action.equals(AssociationTrust.ASSUME) && wanted.isPresent()) {
      evidence =
          Evidence.of("the trust policy of " + chain.target() + " wants another external id")
              .withKey(TargetChain.EXTERNAL_ID)
              .withValue(wanted.get())
              .withClaim(chain.association().externalId().orElse("none"));
    }
    return new Open(List.of(evidence), ChainRemedy.untrusted(chain, policy, action));
  }

  /// What the source role's permissions say where they do not allow every action.
  private static Optional<ChainState> permissions(TargetChain chain) {
    List<Evidence> missing = new ArrayList<>();
    Optional<ChainState> unknown = Optional.empty();
    for (String action : chain.actions()) {
      switch (chain.permission(action)) {
        case Permission.Allowed _ -> {}
        case Permission.Undetermined(String reason) -> unknown = Optional.of(new Unknown(reason));
        case Permission.NotAllowed(String reason) ->
            missing.add(
                Evidence.of("the association's role may not assume the target role: " + reason)
                    .withKey("Action")
                    .withValue(action)
                    .withClaim(chain.target()));
      }
    }
    return missing.isEmpty()
        ? unknown
        : Optional.of(new Open(missing, ChainRemedy.unpermitted(chain)));
  }
}
