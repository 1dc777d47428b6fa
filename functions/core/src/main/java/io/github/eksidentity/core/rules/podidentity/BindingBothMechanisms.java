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
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;

/// Flags a service account that has an annotation and an association.
public final class BindingBothMechanisms implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "binding-both-mechanisms",
              Severity.MEDIUM,
              Impact.HYGIENE,
              Category.POD_IDENTITY,
              "One service account has both an annotation and an association")
          .why(
              "Pod Identity wins: EKS's webhook gives new pods what Pod Identity needs and leaves"
                  + " the annotation aside. A pod that was created moments after the association"
                  + " can still get the annotated role, and so can one that sets the variables of"
                  + " IRSA itself.")
          .risk(
              "Which role a pod has depends on when it was created, and a change of the annotation"
                  + " has no effect.")
          .remediation("Remove the annotation where the association is meant to hold.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
              "https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go")
          .needs(Need.ASSOCIATIONS, Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.ADDONS)
          .yieldsTo("addon-role-drift")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    List<Binding> bindings =
        context.index().in(subject.cluster()).bindings(subject.serviceAccount().subject());
    if (bindings.size() < 2
        || !(bindings.getFirst() instanceof Binding.PodIdentity(_, Association association))) {
      return Verdict.satisfied();
    }
    String annotated = bindings.get(1).roleArn();
    String name = subject.serviceAccount().qualifiedName();
    return Verdict.violated(
            METADATA.severity(),
            "%s of cluster %s has an annotation and an association; Pod Identity wins"
                .formatted(name, subject.cluster().name()),
            List.of(
                Evidence.of(
                        annotated.equals(association.roleArn())
                            ? "annotation and association name the same role"
                            : "the association names another role than the annotation")
                    .withKey(AwsAnnotations.ROLE_ARN)
                    .withValue(annotated)
                    .withClaim(association.roleArn())),
            Remediation.fix(
                "Remove the annotation: pods get the role of the association already. Keep it only"
                    + " while you move from one to the other.",
                new Change.RemoveServiceAccountAnnotation(
                    subject.cluster().arn(),
                    subject.serviceAccount().namespace(),
                    subject.serviceAccount().name(),
                    AwsAnnotations.ROLE_ARN)))
        .withRole(association.roleArn());
  }
}
