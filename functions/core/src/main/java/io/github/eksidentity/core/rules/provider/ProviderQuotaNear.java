package io.github.eksidentity.core.rules.provider;

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
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.OptionalInt;

/// Flags an account that has nearly as many OIDC providers as it may.
public final class ProviderQuotaNear implements Rule.OnAccount {
  /// How many OIDC providers an account may have unless its limit was raised.
  private static final int DEFAULT_LIMIT = 100;

  private static final RuleMetadata METADATA =
      rule(
              "provider-quota-near",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.PROVIDER,
              "The account has nearly as many OIDC providers as it may")
          .why(
              "An account may have 100 OIDC providers by default, whatever they are for. Each"
                  + " cluster with IRSA takes one, and deleting a cluster does not give it back.")
          .risk(
              "The next cluster cannot be registered (LimitExceeded:"
                  + " OpenIdConnectProvidersPerAccount), so its pods get no credentials. High once"
                  + " the limit is reached.")
          .remediation(
              "Delete orphaned providers, move clusters to EKS Pod Identity, or ask for a higher"
                  + " limit.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
              "https://github.com/eksctl-io/eksctl/issues/4513")
          .needs(Need.OIDC)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(AuditContext context) {
    int count = context.inventory().providers().size();
    int limit = limit(context);
    if (100L * count < (long) context.settings().nearLimitPercent() * limit) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        count >= limit ? Severity.HIGH : METADATA.severity(),
        count >= limit
            ? "The account has as many OIDC providers as it may"
            : "The account has nearly as many OIDC providers as it may",
        List.of(
            Evidence.of(count + " OIDC providers of at most " + limit)
                .withKey("OpenIDConnectProviders")
                .withValue(String.valueOf(count))
                .passing()),
        Remediation.decide(
            "Decide how to make room for further clusters.",
            "Delete the providers that provider-orphaned names.",
            "Move clusters to EKS Pod Identity, which needs no provider.",
            "Ask for a higher limit: Service Quotas, AWS Identity and Access Management, OpenId"
                + " connect providers per account; then set it in the settings."));
  }

  private static int limit(AuditContext context) {
    OptionalInt set = context.settings().providerLimit();
    return set.isPresent()
        ? set.getAsInt()
        : context.inventory().quotas().providers().orElse(DEFAULT_LIMIT);
  }
}
