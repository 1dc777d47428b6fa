package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import java.util.List;
import java.util.Optional;

/// Flags a Federated principal of another partition than the role's.
public final class TrustPartitionMismatch implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-partition-mismatch",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "The Federated ARN is of another AWS partition than the role")
          .why(
              "ARNs begin with arn:aws in the commercial regions, with arn:aws-cn in China and with"
                  + " arn:aws-us-gov in GovCloud. A module that writes arn:aws everywhere makes a"
                  + " trust that names no provider of the account.")
          .risk("The statement admits no pod.")
          .remediation(
              "Take the partition from the role's own ARN, or from GetCallerIdentity; in Terraform"
                  + " from data.aws_partition.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
              "https://github.com/eksctl-io/eksctl/issues/1871",
              "https://github.com/terraform-aws-modules/terraform-aws-iam/issues/82")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<NamedProvider> foreign =
        NamedProvider.of(role, context).stream()
            .filter(
                named ->
                    named.fault(context).equals(Optional.of(NamedProvider.Fault.OTHER_PARTITION)))
            .toList();
    return foreign.isEmpty() ? Verdict.satisfied() : violated(role, foreign, context);
  }

  private static Verdict violated(Role role, List<NamedProvider> foreign, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            "Role " + role.name() + " names a provider of another partition",
            foreign.stream().map(named -> evidence(named, context)).toList(),
            remediation(foreign, context))
        .withStsError(StsError.NOT_AUTHORIZED)
        .withCluster(OwnProvider.cluster(foreign, named -> named.issuer(context), context));
  }

  private static Evidence evidence(NamedProvider named, AuditContext context) {
    Account account = context.inventory().account();
    return named
        .evidence(
            "the provider is of partition "
                + named.arn().partition()
                + ", the role of "
                + account.partition().id())
        .withNearest(OidcProvider.arn(account, named.issuer(context).orElseGet(named::url)));
  }

  private static Remediation remediation(List<NamedProvider> foreign, AuditContext context) {
    return OwnProvider.fix(
            foreign,
            named -> named.issuer(context),
            "Name the provider with the partition of the role.",
            context)
        .orElseGet(
            () ->
                Remediation.decide(
                    "Decide whose pods are to get in; no cluster of the account has the issuer, or"
                        + " the statement would let in more than named service accounts.",
                    OwnProvider.LIST,
                    OwnProvider.STATEMENT));
  }
}
