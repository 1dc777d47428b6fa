package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Optional;

/// Flags an annotated service account that no pod uses.
public final class AnnotationUnused implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "annotation-unused",
              Severity.LOW,
              Impact.HYGIENE,
              Category.SERVICE_ACCOUNT,
              "No pod uses the annotated service account")
          .why(
              "The workload was removed and its service account stayed, or it is scaled to zero, or"
                  + " it runs on a schedule and no pod of it is left.")
          .risk(
              "Who may create pods in the namespace can use the service account, and so the role.")
          .remediation("Remove what is not needed: the annotation, or service account and role.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .yieldsTo("pod-wrong-service-account")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<String> role = subject.serviceAccount().annotation(AwsAnnotations.ROLE_ARN);
    String identity = subject.serviceAccount().subject();
    if (role.isEmpty() || !context.index().in(subject.cluster()).pods(identity).isEmpty()) {
      return Verdict.satisfied();
    }
    String name = subject.serviceAccount().qualifiedName();
    return Verdict.violated(
        METADATA.severity(),
        "No pod of cluster %s uses service account %s".formatted(subject.cluster().name(), name),
        List.of(
            Evidence.of("the service account is annotated with a role and no pod runs with it")
                .withKey(AwsAnnotations.ROLE_ARN)
                .withValue(role.get())),
        Remediation.decide(
            "Decide whether a workload still needs the service account; one that is scaled to zero"
                + " or runs on a schedule has no pods for the time being.",
            "Remove the annotation.",
            "Remove the service account, and the role where nothing else uses it."));
  }
}
