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
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import java.util.List;
import java.util.Optional;

/// Flags an annotation whose role exists, but under another path.
public final class AnnotationRolePathMissing implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "annotation-role-path-missing",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The annotation leaves out the path of the role")
          .why(
              "A role's path is a part of its ARN. The aws-auth ConfigMap wants ARNs without path,"
                  + " the annotation wants them with it, and one is copied to the other.")
          .risk(
              "STS finds no such role, and pods get no credentials by this annotation; some SDKs"
                  + " then fall back to the role of the node.")
          .remediation("Write the role's whole ARN, with its path, into the annotation.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html")
          .breaks(ExplainStep.ROLE)
          .needs(Need.SERVICE_ACCOUNTS, Need.IAM)
          .refinedBy(Need.OIDC, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<Annotated> annotated =
        Annotated.of(subject, context)
            .filter(one -> one.ofThisAccount(context))
            .filter(one -> context.index().role(one.roleArn()).isEmpty());
    Optional<Role> role = annotated.flatMap(one -> elsewhere(one, context));
    if (role.isEmpty()) {
      return Verdict.satisfied();
    }
    Annotated one = annotated.orElseThrow();
    return Verdict.violated(
            METADATA.severity(),
            "The annotation of %s has another path than the role".formatted(one.named()),
            List.of(
                Evidence.of("the role of this name has the path " + role.get().path())
                    .withKey(AwsAnnotations.ROLE_ARN)
                    .withValue(one.roleArn())
                    .withNearest(role.get().arn())),
            remediation(one, role.get(), context))
        .withStsError(StsError.NOT_AUTHORIZED);
  }

  /// The role of the annotated name under another path; names are unique in an account.
  static Optional<Role> elsewhere(Annotated one, AuditContext context) {
    String name = one.roleArn().substring(one.roleArn().lastIndexOf('/') + 1);
    return context.inventory().roles().stream()
        .filter(role -> role.name().equals(name))
        .findFirst();
  }

  private static Remediation remediation(Annotated one, Role role, AuditContext context) {
    return one.getsIn(role, one.audience(), context)
        ? one.rebind("Write the role's whole ARN, and restart the pods.", role.arn(), context)
        : Remediation.decide(
            "Decide whether the role is meant to admit the service account; it does not.",
            "Let its trust policy admit "
                + one.serviceAccount().subject()
                + " and write "
                + role.arn()
                + " into the annotation.");
  }
}
