package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.Principals;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A principal that two trust policies treat differently, and whose callers are not compared one by
/// one: an account, a role, a service, another identity provider.
///
/// @param principal as `AWS arn:aws:iam::111122223333:root`, or `everyone`
public record PrincipalChange(String principal, Kind kind) {
  /// What becomes of the principal.
  public enum Kind {
    /// Only the new policy allows it something.
    GAINED,
    /// Only the old policy allows it something.
    LOST,
    /// Both do, under different conditions, which are not compared.
    UNDETERMINED
  }

  private static final String EVERYONE = "everyone";

  /// Every principal that an Allow statement names and the policies treat differently.
  ///
  /// @param compared the principals whose callers are compared otherwise
  public static List<PrincipalChange> of(
      TrustPolicy before, TrustPolicy after, Predicate<Principal> compared) {
    Set<String> named = new LinkedHashSet<>();
    for (TrustPolicy policy : List.of(before, after)) {
      policy.statements(Effect.ALLOW).forEach(one -> named.addAll(names(one, compared)));
    }
    List<PrincipalChange> changes = new ArrayList<>();
    for (String principal : named) {
      change(concerned(before, principal, compared), concerned(after, principal, compared))
          .ifPresent(kind -> changes.add(new PrincipalChange(principal, kind)));
    }
    return changes;
  }

  private static Set<String> names(Statement statement, Predicate<Principal> compared) {
    Principals principals = statement.principals();
    Set<String> names = new LinkedHashSet<>();
    if (principals.everyone()) {
      names.add(EVERYONE);
    } else if (principals.negated()) {
      names.add(EVERYONE + " but " + principals.entries().stream().map(Principal::value).toList());
    } else {
      principals.entries().stream()
          .filter(compared.negate())
          .forEach(entry -> names.add(entry.kind().element() + " " + entry.value()));
    }
    return names;
  }

  /// The Allow statements that name the principal, and every Deny statement that may be about it.
  private static TrustPolicy concerned(
      TrustPolicy policy, String principal, Predicate<Principal> compared) {
    return new TrustPolicy(
        policy.source(),
        policy.version(),
        policy.statements().stream()
            .filter(
                statement ->
                    names(statement, compared).contains(principal)
                        || (statement.effect() == Effect.DENY && !namesOthersOnly(statement)))
            .toList());
  }

  private static boolean namesOthersOnly(Statement deny) {
    return !deny.principals().everyone() && !deny.principals().negated();
  }

  private static Optional<Kind> change(TrustPolicy before, TrustPolicy after) {
    boolean was = !before.statements(Effect.ALLOW).isEmpty();
    boolean is = !after.statements(Effect.ALLOW).isEmpty();
    if (was != is) {
      return Optional.of(is ? Kind.GAINED : Kind.LOST);
    }
    return before.version().equals(after.version()) && StatementText.same(before, after)
        ? Optional.empty()
        : Optional.of(Kind.UNDETERMINED);
  }
}
