package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.PodRequests;
import io.github.eksidentity.core.audit.RoleTrust;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.policy.Condition;
import io.github.eksidentity.core.policy.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.Effect;
import io.github.eksidentity.core.policy.Glob;
import io.github.eksidentity.core.policy.Principal;
import io.github.eksidentity.core.policy.PrincipalKind;
import io.github.eksidentity.core.policy.Statement;
import io.github.eksidentity.core.policy.Text;
import io.github.eksidentity.core.policy.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Puts a provider for a cluster's exact issuer in place of one that no token of it can match.
final class ProviderReplacement {
  private final OidcProvider wrong;
  private final String issuer;
  private final AuditContext context;

  private ProviderReplacement(OidcProvider wrong, String issuer, AuditContext context) {
    this.wrong = wrong;
    this.issuer = issuer;
    this.context = context;
  }

  /// The way from the wrong provider to the right one; a decision where a role's trust could not be
  /// moved without letting in more than it names.
  static Remediation of(OidcProvider wrong, Cluster cluster, AuditContext context) {
    return new ProviderReplacement(wrong, cluster.issuer().orElseThrow(), context).remediation();
  }

  private Remediation remediation() {
    List<Change> changes = new ArrayList<>();
    if (context.index().providerFor(issuer).isEmpty()) {
      changes.add(new Change.CreateProvider(issuer, List.of(PodRequests.DEFAULT_AUDIENCE)));
    }
    for (RoleTrust trust : ProviderUrl.trusting(wrong, context)) {
      Optional<Change> moved = moved(trust);
      if (moved.isEmpty()) {
        return undecided(trust);
      }
      changes.add(moved.get());
    }
    changes.add(new Change.DeleteProvider(wrong.arn()));
    return context.inventory().roles().isEmpty()
        ? unread()
        : new Remediation.Fix(
            changes.size() == 1
                ? "Delete the provider: the exact issuer is registered, and no role names this one."
                : "Register the issuer exactly as DescribeCluster gives it, move the roles that"
                    + " name the other provider, and delete that one.",
            changes);
  }

  private Remediation undecided(RoleTrust trust) {
    return Remediation.decide(
        "Register https://"
            + issuer
            + ", and decide whom role "
            + trust.role().name()
            + " is to admit: moved as it stands, its trust would let in more than named service"
            + " accounts.",
        create(),
        "Then name the new provider in the trust policy of "
            + trust.role().arn()
            + ", with conditions on "
            + issuer
            + ":sub and "
            + issuer
            + ":aud, and delete "
            + wrong.arn());
  }

  private Remediation unread() {
    return Remediation.decide(
        "Register https://" + issuer + "; the roles that name the other provider were not read.",
        create(),
        "Once no role names it: aws iam delete-open-id-connect-provider"
            + " --open-id-connect-provider-arn "
            + wrong.arn());
  }

  private String create() {
    return "aws iam create-open-id-connect-provider --url https://"
        + issuer
        + " --client-id-list "
        + PodRequests.DEFAULT_AUDIENCE;
  }

  private Optional<Change> moved(RoleTrust trust) {
    TrustPolicy policy = trust.policy().orElseThrow();
    TrustEdit edit = TrustEdit.of(trust.role().trustDocument());
    for (Statement statement : policy.statements()) {
      if (names(statement)) {
        if (statement.effect() == Effect.DENY || !exact(statement)) {
          return Optional.empty();
        }
        edit = move(edit, statement);
      }
    }
    return Optional.of(
        new Change.ReplaceTrustPolicy(
            trust.role().arn(), trust.role().trustDocument(), edit.document()));
  }

  private boolean names(Statement statement) {
    return statement.principals().of(PrincipalKind.FEDERATED).stream()
        .anyMatch(principal -> principal.value().equals(wrong.arn()));
  }

  /// Whether the statement names its service accounts and its audience one by one, and nothing else
  /// is in it that moving could bring to life.
  private boolean exact(Statement statement) {
    return statement.principals().of(PrincipalKind.FEDERATED).size() == 1
        && statement.principals().entries().size() == 1
        && statement.conditions().stream().allMatch(condition -> claim(condition).isPresent())
        && List.of("sub", "aud").stream()
            .allMatch(
                claim ->
                    statement.conditions().stream()
                            .filter(condition -> claim(condition).equals(Optional.of(claim)))
                            .filter(ProviderReplacement::namesValues)
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

  private Optional<String> claim(Condition condition) {
    String key = condition.key();
    int colon = key.lastIndexOf(':');
    String prefix = colon < 0 ? "" : key.substring(0, colon);
    return prefix.equalsIgnoreCase(wrong.url()) || prefix.equalsIgnoreCase(issuer)
        ? Optional.of(key.substring(colon + 1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private TrustEdit move(TrustEdit edit, Statement statement) {
    TrustEdit moved = edit;
    for (Principal principal : statement.principals().of(PrincipalKind.FEDERATED)) {
      moved =
          moved.replaceValue(
              principal.at(), ProviderUrl.arn(context.inventory().account(), issuer));
    }
    for (Condition condition : statement.conditions()) {
      moved = moved.rename(condition.keyAt(), issuer + ":" + claim(condition).orElseThrow());
    }
    return moved;
  }
}
