package io.github.eksidentity.core.rules.provider;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import io.github.eksidentity.core.rules.shared.TrustMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      Optional<Change> moved = TrustMove.of(trust, Map.of(wrong.arn(), issuer), context);
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
}
