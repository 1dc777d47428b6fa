package io.github.eksidentity.core.rules;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.PodRequests;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.audit.WebDoor;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.Comparator;
import java.util.List;

/// Flags a cluster whose issuer is not registered in IAM although a role of the account trusts it.
public final class ProviderMissing implements Rule.OnCluster {
  private static final RuleMetadata METADATA =
      rule(
              "provider-missing",
              Severity.CRITICAL,
              Category.PROVIDER,
              "The cluster's OIDC issuer is not registered as a provider in IAM")
          .why(
              "A role trusts tokens of the cluster, but the account has no IAM OIDC provider for"
                  + " the cluster's issuer. STS looks for it before it reads any trust policy. It"
                  + " is forgotten when a cluster is made without eksctl, or lost when its stack is"
                  + " rebuilt.")
          .risk("No pod of the cluster gets credentials by IRSA.")
          .remediation(
              "Register the issuer letter by letter as DescribeCluster gives it, with the audience"
                  + " sts.amazonaws.com. A cluster that uses Pod Identity only needs no provider.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa")
          .needs(Need.OIDC, Need.IAM, Need.EKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    if (cluster.issuer().isEmpty() || !Clusters.runs(cluster)) {
      return Verdict.satisfied();
    }
    String issuer = cluster.issuer().get();
    if (context.index().providerFor(issuer).isPresent() || hasAnother(cluster, context)) {
      return Verdict.satisfied();
    }
    List<Evidence> evidence = roles(issuer, context);
    return evidence.isEmpty()
        ? Verdict.satisfied()
        : Verdict.violated(
                METADATA.severity(),
                "Cluster " + cluster.name() + " has no OIDC provider in the account",
                evidence,
                Remediation.fix(
                    "Register the issuer; with eksctl: eksctl utils associate-iam-oidc-provider"
                        + " --cluster "
                        + cluster.name()
                        + " --region "
                        + cluster.region()
                        + " --approve",
                    new Change.CreateProvider(issuer, List.of(PodRequests.DEFAULT_AUDIENCE))))
            .withNoProviderFor(issuer);
  }

  private static List<Evidence> roles(String issuer, AuditContext context) {
    String arn = ProviderUrl.arn(context.inventory().account(), issuer);
    return context.index().trusting(issuer).stream()
        .sorted(Comparator.comparing(trust -> trust.role().arn()))
        .flatMap(
            trust ->
                trust.webDoors().stream()
                    .map(WebDoor::principal)
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
