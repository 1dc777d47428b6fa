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
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.NamedProvider;
import java.util.List;

/// Flags a trust in the issuer of a cluster outside the account that nobody listed as known.
public final class TrustIssuerForeign implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-issuer-foreign",
              Severity.HIGH,
              Impact.EXPOSURE,
              Category.BROKEN_TRUST,
              "The role trusts an EKS cluster outside the account that is not listed as known")
          .why(
              "The account has a provider for the issuer of a cluster in a region that is not"
                  + " enabled here, so the cluster belongs to somebody else: another account of the"
                  + " organisation, a vendor, or nobody who is remembered.")
          .risk(
              "Whoever administers that cluster makes service accounts of any name there, and so"
                  + " gets in as whichever one the role names.")
          .remediation(
              "Ask who owns the cluster. List the issuer as known in the settings if its pods are"
                  + " meant to get in, otherwise remove the statement.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html",
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .needs(Need.IAM, Need.EKS_EVERYWHERE)
          .refinedBy(Need.OIDC)
          .yieldsTo("trust-provider-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    List<NamedProvider> foreign =
        NamedProvider.of(role, context).stream()
            .filter(named -> named.fault(context).isEmpty())
            .filter(
                named -> context.index().standing(named.url()) instanceof IssuerStanding.Foreign)
            .toList();
    return foreign.isEmpty() ? Verdict.satisfied() : violated(role, foreign);
  }

  private static Verdict violated(Role role, List<NamedProvider> foreign) {
    NamedProvider first = foreign.getFirst();
    return Verdict.violated(
        METADATA.severity(),
        "Role " + role.name() + " trusts a cluster of another account",
        foreign.stream().map(TrustIssuerForeign::evidence).toList(),
        Remediation.decide(
            "Decide with the owner of the cluster whether its pods are to get in.",
            "If so, list " + first.url() + " as a known issuer in the settings.",
            "If not, remove statement "
                + (first.door().statement().index() + 1)
                + " from the trust policy, then: aws iam delete-open-id-connect-provider"
                + " --open-id-connect-provider-arn "
                + first.name()));
  }

  private static Evidence evidence(NamedProvider named) {
    String region = EksIssuer.parse(named.url()).map(EksIssuer::region).orElse("");
    return named.evidence(
        "region "
            + region
            + " is not enabled in the account, so the cluster with this issuer is another"
            + " account's");
  }
}
