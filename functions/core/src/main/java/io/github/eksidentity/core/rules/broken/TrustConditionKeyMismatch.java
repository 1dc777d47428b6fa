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
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Flags a condition whose key belongs to another issuer than the provider of its statement.
public final class TrustConditionKeyMismatch implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-condition-key-mismatch",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Condition key is not one of the statement's provider")
          .why(
              "The keys of a token are <issuer>:sub and <issuer>:aud, with the issuer as it stands"
                  + " in the ARN of the provider: without https://, without the rest of the ARN,"
                  + " without a slash at the end. A key of another cluster, left over from a copy"
                  + " or from a cluster that was made anew, never comes, and a condition on a key"
                  + " that does not come is false. Letter case does not count.")
          .risk(
              "No pod gets in by the statement. High where the role admits others through the same"
                  + " provider.")
          .remediation(
              "Write the keys with the issuer of the statement's own provider, or name the provider"
                  + " that the keys belong to.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
              "https://repost.aws/knowledge-center/eks-troubleshoot-oidc-and-irsa")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC, Need.EKS)
          .yieldsTo("trust-provider-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return BrokenStatement.judge(
        role, context, StatementFault.ForeignKey.class, broken -> violated(role, broken, context));
  }

  private static Verdict violated(
      Role role, List<BrokenStatement<StatementFault.ForeignKey>> broken, AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "The condition keys of role " + role.name() + " are not those of its provider",
        one -> one.faults().stream().map(fault -> evidence(one.way(), fault, context)).toList(),
        ProvenFix.fix(
                role,
                broken,
                (edit, one) -> corrected(edit, one, context),
                "Write the keys with the issuer of the statement's provider.",
                context)
            .orElseGet(() -> decide(broken.getFirst())));
  }

  private static Evidence evidence(
      PodStatement way, StatementFault.ForeignKey fault, AuditContext context) {
    Condition condition = fault.condition();
    Evidence evidence =
        Evidence.in(way.statement(), condition, summary(condition.key(), way, context))
            .withValue(Text.join(condition.values()))
            .withNearest(fault.right());
    return VacuousConditions.isAudience(condition)
        ? evidence.withClaim(PodRequests.DEFAULT_AUDIENCE)
        : condition.values().stream()
            .map(Text::value)
            .filter(IntendedSubject::isExact)
            .findFirst()
            .map(evidence::withClaim)
            .orElse(evidence);
  }

  private static String summary(String key, PodStatement way, AuditContext context) {
    String folded = key.toLowerCase(Locale.ROOT);
    String own = way.issuer().toLowerCase(Locale.ROOT);
    if (!folded.contains(own)) {
      return other(key, way, context);
    }
    if (folded.startsWith("arn:")) {
      return "the key is the provider's ARN; it has to begin with the issuer";
    }
    if (folded.startsWith("http")) {
      return "the key begins with the scheme, which is not part of it";
    }
    return folded.startsWith(own + "/")
        ? "there is a slash before the name of the claim"
        : "the key is misspelt";
  }

  private static String other(String key, PodStatement way, AuditContext context) {
    String provider =
        way.cluster()
            .map(cluster -> "the provider is that of cluster " + cluster.name())
            .orElse("the provider is another");
    return ClaimKeys.issuerIn(key)
        .map(
            issuer ->
                context
                    .index()
                    .clusterOf(issuer)
                    .map(Cluster::name)
                    .map(name -> "the key is one of cluster " + name + ", " + provider)
                    .orElse("the key is one of another issuer, " + provider))
        .orElse("tokens come with no such key");
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.ForeignKey> one, AuditContext context) {
    PodStatement way = one.way();
    boolean evident =
        way.statement().principals().of(PrincipalKind.FEDERATED).size() == 1
            && one.faults().stream().allMatch(fault -> isEvident(fault, way, context));
    if (!evident) {
      return Optional.empty();
    }
    TrustEdit result = edit;
    for (StatementFault.ForeignKey fault : one.faults()) {
      result = result.rename(fault.condition().keyAt(), fault.right());
    }
    TrustEdit named = withSubjects(result, way);
    return Optional.of(ProvenFix.withAudience(named, way, MeantStatement.of(way, one.faults())));
  }

  /// A key that never comes hides what is wrong with its values, so that the corrected key needs
  /// subjects that tokens carry.
  private static TrustEdit withSubjects(TrustEdit edit, PodStatement way) {
    TrustEdit result = edit;
    for (Condition condition : way.statement().conditions()) {
      if (!VacuousConditions.isSubject(condition) || condition.operator().comparison().negated()) {
        continue;
      }
      for (Text value : condition.values()) {
        Optional<String> meant = IntendedSubject.meant(value.value());
        if (meant.isPresent() && !IntendedSubject.isExact(value.value())) {
          result = result.replaceValue(value.at(), meant.get());
        }
      }
    }
    return result;
  }

  /// Whether the key can have meant no other issuer than the provider's.
  private static boolean isEvident(
      StatementFault.ForeignKey fault, PodStatement way, AuditContext context) {
    Optional<String> named = ClaimKeys.issuerIn(fault.condition().key());
    return named.isEmpty()
        || way.issuer().startsWith(named.get() + "/")
        || lastPart(named.get()).equalsIgnoreCase(lastPart(way.issuer()))
        || isGone(named.get(), way, context);
  }

  /// A cluster of the same region that is no more: that region was read, or the provider's own
  /// cluster would not be known.
  private static boolean isGone(String issuer, PodStatement way, AuditContext context) {
    return way.cluster().isPresent()
        && context.index().standing(issuer) instanceof IssuerStanding.Gone
        && EksIssuer.parse(issuer)
            .map(EksIssuer::region)
            .equals(EksIssuer.parse(way.issuer()).map(EksIssuer::region));
  }

  private static String lastPart(String issuer) {
    return issuer.substring(issuer.lastIndexOf('/') + 1);
  }

  private static Remediation decide(BrokenStatement<StatementFault.ForeignKey> one) {
    PodStatement way = one.way();
    String other =
        ClaimKeys.issuerIn(one.faults().getFirst().condition().key())
            .map(issuer -> way.door().principal().value().replace(way.issuer(), issuer))
            .orElse("the ARN of that provider");
    return Remediation.decide(
        "Decide which cluster's pods the statement is for: provider and keys name different ones.",
        "If the provider is right, write the keys as "
            + way.subjectKey()
            + " and "
            + way.audienceKey(),
        "If the keys are right: \"Principal\": {\"Federated\": \"" + other + "\"}",
        "For both, give each provider a statement of its own, with its own keys");
  }
}
