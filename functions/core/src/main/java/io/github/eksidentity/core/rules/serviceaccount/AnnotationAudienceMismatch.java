package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags an audience annotation that the provider or the trust policy does not take.
public final class AnnotationAudienceMismatch implements Rule.OnServiceAccount {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "annotation-audience-mismatch";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.HIGH,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The annotated audience fits neither provider nor trust policy")
          .why(
              "The annotation eks.amazonaws.com/audience changes the audience of the projected"
                  + " token. The provider must list it among its client ids, and the trust policy"
                  + " must not ask for another one.")
          .risk("STS refuses the token, and pods get no credentials.")
          .remediation(
              "Remove the annotation, or bring the provider's client ids and the trust policy in"
                  + " line with it.")
          .references(
              "https://github.com/aws/amazon-eks-pod-identity-webhook#readme",
              "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html")
          .breaks(ExplainStep.AUDIENCE)
          .needs(Need.SERVICE_ACCOUNTS, Need.OIDC, Need.IAM)
          .refinedBy(Need.EKS, Need.ASSOCIATIONS)
          .yieldsTo("trust-audience-mismatch")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<Annotated> annotated =
        Annotated.of(subject, context)
            .filter(one -> !one.audience().equals(PodRequests.DEFAULT_AUDIENCE));
    Optional<Role> role = annotated.flatMap(one -> context.index().role(one.roleArn()));
    Optional<OidcProvider> provider = annotated.flatMap(one -> one.provider(context));
    if (role.isEmpty() || provider.isEmpty()) {
      return Verdict.satisfied();
    }
    Annotated one = annotated.get();
    boolean listed = provider.get().clientIds().contains(one.audience());
    Optional<Decision> decision = one.decide(role.get(), one.audience(), context);
    if (decision.orElse(null) instanceof Decision.Unknown(String reason, _)) {
      return Verdict.undecided(reason);
    }
    boolean trusted = decision.orElse(null) instanceof Decision.Allowed;
    boolean subjectGetsIn =
        trusted
            || one.decide(role.get(), PodRequests.DEFAULT_AUDIENCE, context).orElse(null)
                instanceof Decision.Allowed;
    if (!subjectGetsIn || (listed && trusted)) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "The tokens of %s carry an audience that is not taken".formatted(one.named()),
            evidence(one, provider.get(), role.get(), listed, trusted),
            remediation(one, role.get(), context))
        .withStsError(listed ? StsError.NOT_AUTHORIZED : StsError.INCORRECT_AUDIENCE)
        .withConcern(
            role.get().arn(),
            Evidence.of("service account " + one.named() + " is annotated with this audience")
                .withKey(AwsAnnotations.AUDIENCE)
                .withValue(one.audience()));
  }

  private static List<Evidence> evidence(
      Annotated one, OidcProvider provider, Role role, boolean listed, boolean trusted) {
    List<Evidence> evidence = new ArrayList<>();
    if (!listed) {
      Evidence missing =
          Evidence.of("the provider does not list the annotated audience")
              .withKey("ClientIDList")
              .withValue(String.join(", ", provider.clientIds()))
              .withClaim(one.audience());
      evidence.add(
          Nearest.of(one.audience(), provider.clientIds())
              .map(missing::withNearest)
              .orElse(missing));
    }
    if (!trusted) {
      evidence.add(
          Evidence.of("the trust policy of role " + role.name() + " takes another audience")
              .withKey(AwsAnnotations.AUDIENCE)
              .withValue(one.audience())
              .withNearest(PodRequests.DEFAULT_AUDIENCE));
    }
    return evidence;
  }

  private static Remediation remediation(Annotated one, Role role, AuditContext context) {
    return one.getsIn(role, PodRequests.DEFAULT_AUDIENCE, context)
        ? one.restarting(
            "Remove the annotation: provider and trust policy take the default audience. Restart"
                + " the pods.",
            one.removeAnnotation(AwsAnnotations.AUDIENCE),
            context)
        : Remediation.decide(
            "Decide which audience the tokens are to carry.",
            "Add "
                + one.audience()
                + " to the provider's client ids and to the condition of the trust policy.",
            "Remove the annotation, and let provider and trust policy take "
                + PodRequests.DEFAULT_AUDIENCE
                + ".");
  }
}
