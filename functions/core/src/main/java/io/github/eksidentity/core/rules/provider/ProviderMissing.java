package io.github.eksidentity.core.rules.provider;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.rules.shared.ProviderUrl;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Flags a cluster whose issuer is not registered in IAM although a role of the account trusts it.
public final class ProviderMissing implements Rule.OnCluster {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "provider-missing";

  private static final int MOST_NAMED = 20;

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.PROVIDER,
              "The cluster's OIDC issuer is not registered as a provider in IAM")
          .why(
              "A role trusts tokens of the cluster, or a service account of the cluster is"
                  + " annotated with a role of the account, but the account has no IAM OIDC"
                  + " provider for the cluster's issuer. STS looks for it before it reads any trust"
                  + " policy. It is forgotten when a cluster is made without eksctl, or lost when"
                  + " its stack is rebuilt.")
          .risk("No pod of the cluster gets credentials by IRSA.")
          .remediation(
              "Register the issuer letter by letter as DescribeCluster gives it, with the audience"
                  + " sts.amazonaws.com. A cluster that uses Pod Identity only needs no provider.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa")
          .breaks(ExplainStep.PROVIDER)
          .needs(Need.OIDC, Need.IAM, Need.EKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    if (cluster.issuer().isEmpty() || !cluster.runs()) {
      return Verdict.satisfied();
    }
    String issuer = cluster.issuer().get();
    if (context.index().providerFor(issuer).isPresent() || hasAnother(cluster, context)) {
      return Verdict.satisfied();
    }
    List<Evidence> roles = roles(issuer, context);
    List<Evidence> evidence = roles.isEmpty() ? annotated(cluster, context) : roles;
    return evidence.isEmpty()
        ? withoutEvidence(cluster, context)
        : Verdict.violated(
                METADATA.severity(),
                "Cluster " + cluster.name() + " has no OIDC provider in the account",
                evidence,
                remediation(cluster, issuer, !roles.isEmpty()))
            .withNoProviderFor(issuer);
  }

  /// Where no role trusts the issuer yet, a provider alone lets nobody in.
  private static Remediation remediation(Cluster cluster, String issuer, boolean trusted) {
    String register =
        "Register the issuer; with eksctl: eksctl utils associate-iam-oidc-provider --cluster "
            + cluster.name()
            + " --region "
            + cluster.region()
            + " --approve";
    return trusted
        ? Remediation.fix(
            register, new Change.CreateProvider(issuer, List.of(PodRequests.DEFAULT_AUDIENCE)))
        : Remediation.decide(
            "Decide whether the service accounts are to have these roles: no trust policy names the"
                + " issuer yet.",
            register,
            "Let the trust policy of each role admit its service account by the new provider.",
            "If they are not, remove the annotations.");
  }

  private static List<Evidence> roles(String issuer, AuditContext context) {
    String arn = OidcProvider.arn(context.inventory().account(), issuer);
    return context.index().trusting(issuer).stream()
        .sorted(Comparator.comparing(trust -> trust.role().arn()))
        .flatMap(
            trust ->
                trust.webDoors().stream()
                    .map(TrustedProvider::principal)
                    .filter(principal -> principal.value().equals(arn))
                    .limit(1)
                    .map(
                        principal ->
                            Evidence.of("role " + trust.role().arn() + " trusts the issuer")
                                .withKey("Principal.Federated")
                                .withValue(principal.value())
                                .withClaim("https://" + issuer)))
        .toList();
  }

  /// A role that trusts the issuer is proof enough; only without one is it the service accounts
  /// that decide, so they are not a need of the rule.
  private static Verdict withoutEvidence(Cluster cluster, AuditContext context) {
    Scope scope = Scope.cluster(Scope.Kind.SERVICE_ACCOUNTS, cluster.region(), cluster.name());
    return switch (context.inventory().coverageOf(scope)) {
      case Coverage.Complete _, Coverage.Skipped _ -> Verdict.satisfied();
      case Coverage.Failed _, Coverage.Partial _ ->
          new Verdict.Undecided(Set.of(scope), "not completely read");
    };
  }

  private static List<Evidence> annotated(Cluster cluster, AuditContext context) {
    return context.index().in(cluster).serviceAccounts().stream()
        .flatMap(found -> Annotated.of(found, context).stream())
        .filter(one -> one.ofThisAccount(context))
        .sorted(Comparator.comparing(Annotated::named))
        .limit(MOST_NAMED)
        .map(Annotated::observation)
        .toList();
  }

  /// A misspelt provider was meant for this cluster: the rule about it names the cause.
  private static boolean hasAnother(Cluster cluster, AuditContext context) {
    return context.inventory().providers().stream()
        .anyMatch(
            provider ->
                ProviderUrl.meant(provider.url(), context)
                    .filter(meant -> meant.equals(cluster))
                    .isPresent());
  }
}
