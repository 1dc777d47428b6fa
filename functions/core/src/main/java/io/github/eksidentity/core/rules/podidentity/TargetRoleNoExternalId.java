package io.github.eksidentity.core.rules.podidentity;

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
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Optional;

/// Flags a target role in another account that is assumed without an external id.
public final class TargetRoleNoExternalId implements Rule.OnAssociation {
  private static final RuleMetadata METADATA =
      rule(
              "target-role-no-external-id",
              Severity.MEDIUM,
              Impact.EXPOSURE,
              Category.POD_IDENTITY,
              "A target role in another account is assumed without an external id")
          .why(
              "EKS gives each association with a target role an external id and sends it as"
                  + " sts:ExternalId, so that the target role's owner can let in this association"
                  + " and no other. Here there is none, so the trust policy cannot ask for it.")
          .risk(
              "Every association and every session of the source role can become the target role, a"
                  + " confused deputy.")
          .remediation(
              "Set the target role again, so that the association gets an external id, and demand"
                  + " it in the target role's trust policy.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html")
          .needs(Need.ASSOCIATIONS, Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfAssociation subject, AuditContext context) {
    Optional<TargetChain> chain =
        TargetChain.of(subject, context).filter(TargetChain::crossesAccounts);
    if (chain.isEmpty()) {
      return Verdict.satisfied();
    }
    String target = chain.get().target();
    if (subject.association().externalId().isPresent()) {
      return Verdict.undecided(
          "whether the target role demands the external id stands in account "
              + TargetChain.account(target));
    }
    return Verdict.violated(
            METADATA.severity(),
            "The association of "
                + subject.association().namespace()
                + "/"
                + subject.association().serviceAccount()
                + " assumes a role of another account without an external id",
            List.of(
                Evidence.of("the association has a target role and no external id")
                    .withKey("targetRoleArn")
                    .withValue(target)
                    .withClaim(TargetChain.EXTERNAL_ID)),
            Remediation.decide(
                "Agree with the owner of account "
                    + TargetChain.account(target)
                    + " on an external id.",
                "aws eks update-pod-identity-association"
                    + Associations.options(subject)
                    + " --target-role-arn "
                    + target,
                "Then add the external id that describe-pod-identity-association shows to the"
                    + " target role's trust policy: \"StringEquals\": {\"sts:ExternalId\":"
                    + " \"<id>\"}"))
        .withRole(subject.association().roleArn());
  }
}
