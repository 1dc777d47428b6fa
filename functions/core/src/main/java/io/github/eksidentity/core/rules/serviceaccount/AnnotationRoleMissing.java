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
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.text.Nearest;
import java.util.List;
import java.util.Optional;

/// Flags an annotation whose role does not exist in the account.
public final class AnnotationRoleMissing implements Rule.OnServiceAccount {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "annotation-role-missing";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The annotated role does not exist")
          .why(
              "The role was deleted, is in another account, or its name is written otherwise: role"
                  + " names in ARNs are case-sensitive. STS does not tell a missing role from one"
                  + " that does not let the pod in.")
          .risk(
              "Pods get no credentials by this annotation; some SDKs then fall back to the role of"
                  + " the node.")
          .remediation("Write the ARN of a role that exists, or make the role again.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html")
          .breaks(ExplainStep.ROLE)
          .needs(Need.SERVICE_ACCOUNTS, Need.IAM)
          .refinedBy(Need.OIDC, Need.ASSOCIATIONS, Need.ADDONS)
          .yieldsTo("addon-role-drift")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<Annotated> annotated = Annotated.of(subject, context).filter(Annotated::wellFormed);
    if (annotated.isEmpty() || context.index().role(annotated.get().roleArn()).isPresent()) {
      return Verdict.satisfied();
    }
    Annotated one = annotated.get();
    if (!one.ofThisAccount(context)) {
      return Verdict.undecided(
          "the role is of an account that was not read"
              + sameName(one, context)
                  .map(
                      role ->
                          "; role %s has the same name and admits %s"
                              .formatted(role.arn(), one.serviceAccount().subject()))
                  .orElse(""));
    }
    if (AnnotationRolePathMissing.elsewhere(one, context).isPresent()) {
      return Verdict.satisfied();
    }
    Optional<Role> nearest = nearest(one, context);
    Evidence evidence =
        Evidence.of("no role of the account has this ARN")
            .withKey(AwsAnnotations.ROLE_ARN)
            .withValue(one.roleArn());
    return Verdict.violated(
            METADATA.severity(),
            "The role that %s is annotated with does not exist".formatted(one.named()),
            List.of(nearest.map(role -> evidence.withNearest(role.arn())).orElse(evidence)),
            remediation(one, nearest, context))
        .withStsError(StsError.NOT_AUTHORIZED);
  }

  /// The role of this account that only the account's id tells from the annotated one, if its trust
  /// policy admits the service account.
  private static Optional<Role> sameName(Annotated one, AuditContext context) {
    return Arn.parse(one.roleArn())
        .map(
            arn ->
                one.roleArn()
                    .replace(
                        ":" + arn.account() + ":", ":" + context.inventory().account().id() + ":"))
        .flatMap(context.index()::role)
        .filter(role -> one.getsIn(role, one.audience(), context));
  }

  /// The one role whose ARN differs by no more than letter case or a typing error.
  private static Optional<Role> nearest(Annotated one, AuditContext context) {
    return context.index().onlyRoleNear(Nearest.TYPING_ERRORS_IN_NAMES, one.roleArn());
  }

  private static Remediation remediation(
      Annotated one, Optional<Role> nearest, AuditContext context) {
    return nearest
        .filter(role -> one.getsIn(role, one.audience(), context))
        .<Remediation>map(
            role ->
                one.rebind(
                    "Write the ARN of the role that admits the service account already, and restart"
                        + " the pods.",
                    role.arn(),
                    context))
        .orElseGet(
            () ->
                Remediation.decide(
                    "Decide which role the service account is to have.",
                    "Make the role again and let its trust policy admit "
                        + one.serviceAccount().subject()
                        + ".",
                    "Write the ARN of another role into the annotation.",
                    "Remove the annotation if the pods need no role."));
  }
}
