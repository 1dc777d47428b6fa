package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
    /// It is not known whether one of them allows it more than the other.
    UNDETERMINED
  }

  private static final String EVERYONE = "everyone";
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern ROOT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):root");

  /// Every principal that an Allow statement names and the policies treat differently.
  ///
  /// @param compared the principals whose callers are compared otherwise
  public static List<PrincipalChange> of(
      TrustPolicy before, TrustPolicy after, Predicate<Principal> compared) {
    return of(before, after, compared, new Work(Work.COMPARISON));
  }

  private static List<PrincipalChange> of(
      TrustPolicy before, TrustPolicy after, Predicate<Principal> compared, Work work) {
    if (before.version().equals(after.version()) && StatementText.same(before, after)) {
      return List.of();
    }
    Map<String, PrincipalComparison> named = new LinkedHashMap<>();
    Set<String> others = new LinkedHashSet<>();
    for (TrustPolicy policy : List.of(before, after)) {
      for (Statement allow : policy.statements(Effect.ALLOW)) {
        if (allow.principals().negated()) {
          others.add(everyoneBut(allow));
        } else {
          names(allow, compared, before, after).forEach(named::putIfAbsent);
        }
      }
    }
    List<PrincipalChange> changes = new ArrayList<>();
    named.forEach(
        (name, principal) ->
            principal
                .change(before, after, work)
                .forEach(kind -> changes.add(new PrincipalChange(name, kind))));
    others.forEach(name -> negated(before, after, name).ifPresent(changes::add));
    return changes;
  }

  private static Map<String, PrincipalComparison> names(
      Statement allow, Predicate<Principal> compared, TrustPolicy before, TrustPolicy after) {
    Map<String, PrincipalComparison> names = new LinkedHashMap<>();
    if (allow.principals().everyone()) {
      names.put(EVERYONE, stranger(PrincipalKind.AWS, before, after));
    }
    for (Principal entry : allow.principals().entries()) {
      if (entry.value().equals("*")) {
        names.put(entry.kind().element() + " *", stranger(entry.kind(), before, after));
      } else if (!compared.test(entry)) {
        String name = sameAccount(entry, List.of(before, after));
        names.put(entry.kind().element() + " " + name, new PrincipalComparison(entry.kind(), name));
      }
    }
    return names;
  }

  /// The id of an account and the ARN of its root are one principal.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts>.
  private static String sameAccount(Principal entry, List<TrustPolicy> policies) {
    if (entry.kind() != PrincipalKind.AWS || !ACCOUNT.matcher(entry.value()).matches()) {
      return entry.value();
    }
    return policies.stream()
        .flatMap(policy -> policy.statements().stream())
        .flatMap(statement -> statement.principals().of(PrincipalKind.AWS).stream())
        .map(Principal::value)
        .filter(
            value ->
                ROOT.matcher(value).results().anyMatch(root -> root.group(1).equals(entry.value())))
        .findFirst()
        .orElse("arn:aws:iam::" + entry.value() + ":root");
  }

  /// Somebody whom neither policy names.
  private static PrincipalComparison stranger(
      PrincipalKind kind, TrustPolicy before, TrustPolicy after) {
    long account = 999_999_999_999L;
    while ((before.source() + after.source()).contains(Long.toString(account))) {
      account--;
    }
    return new PrincipalComparison(
        kind,
        switch (kind) {
          case AWS, CANONICAL_USER -> "arn:aws:iam::" + account + ":root";
          case FEDERATED -> "arn:aws:iam::" + account + ":saml-provider/stranger";
          case SERVICE -> "stranger" + account + ".amazonaws.com";
        });
  }

  private static String everyoneBut(Statement allow) {
    return EVERYONE
        + " but "
        + allow.principals().entries().stream().map(Principal::value).toList();
  }

  /// NotPrincipal in an Allow, which IAM refuses in a trust policy: told only where it comes or
  /// goes.
  private static Optional<PrincipalChange> negated(
      TrustPolicy before, TrustPolicy after, String name) {
    List<Statement> then = named(before, name);
    List<Statement> now = named(after, name);
    Kind kind = then.isEmpty() ? Kind.GAINED : now.isEmpty() ? Kind.LOST : Kind.UNDETERMINED;
    return Optional.of(new PrincipalChange(name, kind));
  }

  private static List<Statement> named(TrustPolicy policy, String name) {
    return policy.statements(Effect.ALLOW).stream()
        .filter(allow -> allow.principals().negated() && everyoneBut(allow).equals(name))
        .toList();
  }
}
