package io.github.eksidentity.core.rules.role;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Flags a role that only pods can assume and none does.
public final class RoleUnused implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "role-unused",
              Severity.LOW,
              Impact.HYGIENE,
              Category.ROLE,
              "Role that only pods can assume is not used")
          .why(
              "IAM has no use of the role on record, or only an old one. It tracks 400 days and"
                  + " lags by hours. A role that was never used counts from its creation on. After"
                  + " how many days it is reported can be set.")
          .risk(
              "Nobody misses the role, and nobody watches it: its permissions wait for whoever gets"
                  + " in.")
          .remediation("Delete the role once its owner agrees.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html")
          .needs(Need.IAM, Need.IAM_USAGE, Need.EKS)
          .refinedBy(Need.SERVICE_ACCOUNTS, Need.PODS)
          .yieldsTo("role-idle-with-running-pods")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    if (!onlyForPods(trust) || !somebodyGetsIn(role, context)) {
      return Verdict.satisfied();
    }
    int days = context.settings().unusedDays();
    Instant limit = context.now().minus(Duration.ofDays(days));
    return switch (role.lastUsed()) {
      case LastUsed.At(Instant time) ->
          time.isBefore(limit)
              ? violated(role, "not used for " + days + " days or more", context)
              : Verdict.satisfied();
      case LastUsed.Never() ->
          role.created()
              .map(
                  created ->
                      created.isBefore(limit)
                          ? violated(role, "never used as far as IAM keeps record", context)
                          : Verdict.satisfied())
              .orElseGet(() -> Verdict.undecided("when the role was made is not known"));
      case LastUsed.NotRead() -> Verdict.undecided("when the role was last used was not read");
    };
  }

  private static boolean onlyForPods(RoleTrust trust) {
    return trust.forPods()
        && trust.role().instanceProfiles().isEmpty()
        && trust.policy().stream()
            .flatMap(policy -> policy.statements(Effect.ALLOW).stream())
            .allMatch(RoleUnused::onlyForPods);
  }

  private static boolean onlyForPods(Statement statement) {
    return !statement.principals().everyone()
        && !statement.principals().negated()
        && statement.principals().entries().stream().allMatch(RoleUnused::leadsToPods);
  }

  private static boolean leadsToPods(Principal principal) {
    return switch (principal.kind()) {
      case FEDERATED -> TrustedProvider.looksLikeEks(principal.value());
      case SERVICE -> principal.value().equals(RoleTrust.POD_IDENTITY);
      case AWS, CANONICAL_USER -> false;
    };
  }

  /// A trust that admits nobody is the cause then, and other rules say so.
  private static boolean somebodyGetsIn(Role role, AuditContext context) {
    return !context.index().trust(role).podDoors().isEmpty()
        || !context.index().admitted(role).isEmpty();
  }

  private static Verdict violated(Role role, String summary, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " is trusted by EKS only and not used",
            List.of(Evidence.of(summary)),
            Remediation.decide(
                "Decide with its owner whether the role is still needed.",
                "Delete it: aws iam delete-role --role-name <role>, after its policies are"
                    + " detached",
                "If it serves a rare task, mute the finding with that reason"))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }
}
