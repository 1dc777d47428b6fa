package io.github.eksidentity.core.access;

import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.admit.AdmissionChange;
import io.github.eksidentity.core.policy.admit.CallerKind;
import io.github.eksidentity.core.policy.admit.PrincipalChange;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who gains and who loses access to a role when one trust policy takes the place of another.
///
/// @param ways every way in for pods that either policy names, also where nothing changes
/// @param others other principals that are treated differently
public record PolicyDiff(List<Way> ways, List<PrincipalChange> others) {
  /// What changes at one way in for pods.
  ///
  /// @param provider ARN of the EKS provider, empty for Pod Identity
  public record Way(Optional<String> provider, AdmissionChange change) {}

  /// What the difference comes to.
  public enum Verdict {
    /// Somebody gains access.
    GAIN,
    /// Nobody is known to gain, but somebody may.
    UNKNOWN,
    /// Nobody gains.
    NO_GAIN
  }

  public PolicyDiff {
    ways = List.copyOf(ways);
    others = List.copyOf(others);
  }

  /// Compares two policies of the same role. A provider counts as one of the role's account.
  public static PolicyDiff of(TrustPolicy before, TrustPolicy after) {
    SortedSet<String> providers = new TreeSet<>();
    boolean podIdentity = false;
    for (TrustPolicy policy : List.of(before, after)) {
      for (Principal principal : allowed(policy)) {
        if (isProvider(principal)) {
          providers.add(principal.value());
        }
        podIdentity |= isPodIdentity(principal);
      }
    }
    Map<CallerKind, Optional<String>> entrances = new LinkedHashMap<>();
    for (String provider : providers) {
      String issuer = OidcProvider.issuerOf(provider).orElseThrow();
      entrances.put(new WebIdentityCallers(provider, issuer), Optional.of(provider));
    }
    if (podIdentity) {
      entrances.put(new PodIdentityCallers(), Optional.empty());
    }
    List<CallerKind> kinds = List.copyOf(entrances.keySet());
    List<AdmissionChange> changes = AdmissionChange.of(before, after, kinds);
    List<Way> ways = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      ways.add(new Way(entrances.getOrDefault(kinds.get(i), Optional.empty()), changes.get(i)));
    }
    return new PolicyDiff(
        ways,
        PrincipalChange.of(
            before, after, principal -> isProvider(principal) || isPodIdentity(principal)));
  }

  private static List<Principal> allowed(TrustPolicy policy) {
    return policy.statements(Effect.ALLOW).stream()
        .filter(statement -> !statement.principals().negated())
        .flatMap(statement -> statement.principals().entries().stream())
        .toList();
  }

  private static boolean isProvider(Principal principal) {
    return principal.kind() == PrincipalKind.FEDERATED
        && TrustedProvider.looksLikeEks(principal.value())
        && OidcProvider.issuerOf(principal.value()).isPresent();
  }

  private static boolean isPodIdentity(Principal principal) {
    return principal.kind() == PrincipalKind.SERVICE
        && principal.value().equals(RoleTrust.POD_IDENTITY);
  }

  /// Whether somebody gains access, as far as it is known.
  public Verdict verdict() {
    boolean gains =
        ways.stream().anyMatch(way -> !way.change().gained().isEmpty())
            || has(PrincipalChange.Kind.GAINED);
    boolean mayGain =
        ways.stream()
                .flatMap(way -> way.change().undetermined().stream())
                .anyMatch(AdmissionChange.Undetermined::mayGain)
            || has(PrincipalChange.Kind.UNDETERMINED);
    return gains ? Verdict.GAIN : mayGain ? Verdict.UNKNOWN : Verdict.NO_GAIN;
  }

  private boolean has(PrincipalChange.Kind kind) {
    return others.stream().anyMatch(other -> other.kind() == kind);
  }
}
