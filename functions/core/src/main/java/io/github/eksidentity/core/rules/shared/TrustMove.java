package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Moves statements of a trust from a provider that cannot be right to the one that was meant,
/// together with their condition keys. Only statements that name their service accounts one by one
/// are moved: others would let in more than anybody named.
public final class TrustMove {
  private static final Pattern BEFORE_URL = Pattern.compile("^.*?-provider/");

  private final RoleTrust trust;
  private final Map<String, String> issuers;
  private final AuditContext context;

  private TrustMove(RoleTrust trust, Map<String, String> issuers, AuditContext context) {
    this.trust = trust;
    this.issuers = issuers;
    this.context = context;
  }

  /// The moved policy; empty where a statement cannot be moved as it stands.
  ///
  /// @param issuers by the provider as the policy names it, the issuer that was meant, without
  /// `https://`
  public static Optional<Change> of(
      RoleTrust trust, Map<String, String> issuers, AuditContext context) {
    return new TrustMove(trust, issuers, context).moved();
  }

  /// A fix that moves the statements and registers those issuers before that have no provider yet;
  /// empty where a statement cannot be moved as it stands.
  public static Optional<Remediation> fix(
      RoleTrust trust, Map<String, String> issuers, String advice, AuditContext context) {
    return of(trust, issuers, context)
        .map(
            moved -> {
              List<Change> changes = new ArrayList<>();
              new TreeSet<>(issuers.values())
                  .stream()
                      .filter(issuer -> context.index().providerFor(issuer).isEmpty())
                      .map(
                          issuer ->
                              new Change.CreateProvider(
                                  issuer, List.of(PodRequests.DEFAULT_AUDIENCE)))
                      .forEach(changes::add);
              changes.add(moved);
              return new Remediation.Fix(advice, changes);
            });
  }

  private Optional<Change> moved() {
    String before = trust.role().trustDocument();
    TrustPolicy policy = trust.policy().orElseThrow();
    TrustEdit edit = TrustEdit.of(before);
    for (Statement statement : policy.statements()) {
      Optional<Principal> wrong = wrong(statement);
      if (wrong.isPresent()) {
        if (!exact(statement, wrong.get())) {
          return Optional.empty();
        }
        edit = move(edit, statement, wrong.get());
      }
    }
    String after = edit.document();
    return TrustSize.isNear(after, context) && !TrustSize.isNear(before, context)
        ? Optional.empty()
        : Optional.of(new Change.ReplaceTrustPolicy(trust.role().arn(), before, after));
  }

  private Optional<Principal> wrong(Statement statement) {
    return statement.principals().of(PrincipalKind.FEDERATED).stream()
        .filter(principal -> issuers.containsKey(principal.value()))
        .findFirst();
  }

  /// Whether the statement names its service accounts and its audience one by one, and nothing else
  /// is in it that moving could bring to life.
  private boolean exact(Statement statement, Principal wrong) {
    return statement.effect() == Effect.ALLOW
        && !statement.principals().negated()
        && statement.principals().entries().size() == 1
        && statement.conditions().stream()
            .allMatch(condition -> claim(condition, wrong).isPresent())
        && Stream.of("sub", "aud")
            .allMatch(
                claim ->
                    statement.conditions().stream()
                            .filter(condition -> claim(condition, wrong).equals(Optional.of(claim)))
                            .filter(TrustMove::namesValues)
                            .count()
                        == 1);
  }

  private static boolean namesValues(Condition condition) {
    Comparison comparison = condition.operator().comparison();
    return condition.operator().quantifier() == Quantifier.NONE
        && !condition.operator().ifExists()
        && (comparison == Comparison.STRING_EQUALS || comparison == Comparison.STRING_LIKE)
        && condition.values().stream()
            .map(Text::value)
            .noneMatch(value -> Glob.hasWildcard(value) || value.endsWith(":default"));
  }

  /// The claim that a condition tests: one of the wrong provider, or already of the right one.
  private Optional<String> claim(Condition condition, Principal wrong) {
    String key = condition.key();
    int colon = key.lastIndexOf(':');
    String prefix = bare(key.substring(0, Math.max(0, colon)));
    String named = bare(BEFORE_URL.matcher(wrong.value()).replaceFirst(""));
    return prefix.equalsIgnoreCase(named) || prefix.equalsIgnoreCase(issuer(wrong))
        ? Optional.of(key.substring(colon + 1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static String bare(String url) {
    return EksIssuer.withoutScheme(url);
  }

  private String issuer(Principal wrong) {
    return issuers.getOrDefault(wrong.value(), "");
  }

  private TrustEdit move(TrustEdit edit, Statement statement, Principal wrong) {
    String issuer = issuer(wrong);
    TrustEdit moved =
        edit.replaceValue(wrong.at(), OidcProvider.arn(context.inventory().account(), issuer));
    for (Condition condition : statement.conditions()) {
      moved = moved.rename(condition.keyAt(), issuer + ":" + claim(condition, wrong).orElseThrow());
    }
    return moved;
  }
}
