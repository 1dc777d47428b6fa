package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.TrustedCluster;
import java.util.List;

/// Flags a statement that names the subject and accepts a token of whatever audience.
public final class TrustNoAudience implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-no-audience";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.LOW,
              Impact.EXPOSURE,
              Category.LOOSE_TRUST,
              "No condition on the audience of the token")
          .why(
              "The statement tests <issuer>:sub and not <issuer>:aud, so STS accepts a token of the"
                  + " service account with every audience that the provider has registered.")
          .risk(
              "A token that the service account sends to another service can be turned into the"
                  + " role's credentials if its audience is registered with the provider. With"
                  + " sts.amazonaws.com alone little follows; with further audiences the severity"
                  + " is medium.")
          .remediation("Add StringEquals <issuer>:aud sts.amazonaws.com.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif")
          .marks(EdgeMark.LOOSE)
          .needs(Need.IAM, Need.OIDC)
          .yieldsTo("trust-vacuous-condition")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return LooseStatements.judge(
        role,
        context,
        admitted -> observe(admitted, context),
        evidence -> violated(role, evidence, context));
  }

  /// The provider must be there: without it no token is accepted at all.
  private static boolean concerns(AdmittingStatement admitted, AuditContext context) {
    return admitted.anyAudience()
        && !admitted.open()
        && !RegisteredAudiences.registered(admitted, context).isEmpty();
  }

  private static List<Evidence> observe(AdmittingStatement admitted, AuditContext context) {
    if (!concerns(admitted, context)) {
      return List.of();
    }
    String accepted = String.join(", ", RegisteredAudiences.registered(admitted, context));
    return List.of(
        Evidence.in(
                admitted.statement(),
                admitted.audienceConditions().isEmpty()
                    ? "no condition tests the audience; the provider accepts " + accepted
                    : "every audience passes the condition; the provider accepts " + accepted)
            .withKey(admitted.audienceKey()));
  }

  private static Verdict violated(Role role, List<Evidence> evidence, AuditContext context) {
    List<AdmittingStatement> concerned =
        context.index().admitted(role).stream()
            .filter(admitted -> concerns(admitted, context))
            .toList();
    boolean others =
        concerned.stream()
            .flatMap(admitted -> RegisteredAudiences.registered(admitted, context).stream())
            .anyMatch(audience -> !audience.equals(PodRequests.DEFAULT_AUDIENCE));
    return Verdict.violated(
            others ? Severity.MEDIUM : METADATA.severity(),
            "A token of any registered audience is accepted for role " + role.name(),
            evidence,
            remedy(role, concerned, context))
        .withCluster(TrustedCluster.cluster(context.index().trust(role)));
  }

  private static Remediation remedy(
      Role role, List<AdmittingStatement> concerned, AuditContext context) {
    if (!concerned.stream().allMatch(admitted -> certain(admitted, context))) {
      return Remediation.decide(
          "Decide which audience the tokens of the service account carry: sts.amazonaws.com, unless"
              + " it is annotated with another one.",
          "Add to the statement: \"StringEquals\": {\"<issuer>:aud\": \"sts.amazonaws.com\"}");
    }
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    for (AdmittingStatement admitted : concerned) {
      edit =
          edit.setCondition(
              admitted.statement().index(),
              "StringEquals",
              admitted.audienceKey(),
              List.of(PodRequests.DEFAULT_AUDIENCE));
    }
    return Remediation.fix(
        "Require the one audience that the provider accepts anyway.",
        new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), edit.document()));
  }

  /// Another provider in the same statement would be shut out by the key of this one.
  private static boolean certain(AdmittingStatement admitted, AuditContext context) {
    return RegisteredAudiences.onlyDefault(admitted, context)
        && admitted.statement().principals().of(PrincipalKind.FEDERATED).size() == 1;
  }
}
