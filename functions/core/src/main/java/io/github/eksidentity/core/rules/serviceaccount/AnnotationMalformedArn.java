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
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.text.Only;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Flags an annotation whose value is not the ARN of a role.
public final class AnnotationMalformedArn implements Rule.OnServiceAccount {
  private static final Pattern ASSUMED =
      Pattern.compile("arn:[a-z0-9-]+:sts::\\d{12}:assumed-role/([^/]+)/.+");
  private static final Pattern PLAIN_NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
  private static final RuleMetadata METADATA =
      rule(
              "annotation-malformed-arn",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The role-arn annotation is not the ARN of a role")
          .why(
              "The webhook logs that the ARN is invalid and injects it all the same, so the pod"
                  + " starts and STS refuses every call. Common causes are white space or quotes"
                  + " around the value, the ARN of a session or an instance profile, or the name"
                  + " of the role alone. An empty value is different: it binds nothing, and the"
                  + " webhook adds nothing.")
          .risk(
              "Pods get no credentials by this annotation; some SDKs then fall back to the role of"
                  + " the node.")
          .remediation("Write the role's ARN as IAM gives it, and restart the pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://github.com/aws/amazon-eks-pod-identity-webhook#readme")
          .breaks(ExplainStep.BINDING)
          .needs(Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.IAM, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<Annotated> annotated = Annotated.of(subject, context).filter(one -> !one.wellFormed());
    if (annotated.isEmpty()) {
      return bindsNothing(subject, context) ? empty(subject) : Verdict.satisfied();
    }
    Annotated one = annotated.get();
    Optional<Role> meant = meant(one, context);
    Evidence evidence =
        Evidence.of(fault(one.roleArn())).withKey(AwsAnnotations.ROLE_ARN).withValue(one.roleArn());
    return Verdict.violated(
            METADATA.severity(),
            "The annotation of " + one.named() + " is not the ARN of a role",
            List.of(meant.map(role -> evidence.withNearest(role.arn())).orElse(evidence)),
            remediation(one, meant, context))
        .withStsError("ValidationError: Request ARN is invalid");
  }

  /// Whether the annotation is there without a value, and nothing else binds the service account.
  private static boolean bindsNothing(Resource.OfServiceAccount subject, AuditContext context) {
    ServiceAccount account = subject.serviceAccount();
    return account.annotation(AwsAnnotations.ROLE_ARN).filter(String::isEmpty).isPresent()
        && context.index().in(subject.cluster()).binding(account.subject()).isEmpty();
  }

  private static Verdict empty(Resource.OfServiceAccount subject) {
    return Verdict.violated(
        Severity.HIGH,
        "The role-arn annotation of %s of cluster %s is empty and binds nothing"
            .formatted(subject.serviceAccount().qualifiedName(), subject.cluster().name()),
        List.of(
            Evidence.of("the value is empty, so the webhook adds nothing to the pods")
                .withKey(AwsAnnotations.ROLE_ARN)
                .withValue("")),
        Remediation.decide(
            "Decide which role the service account is to have; often a template was given no"
                + " value.",
            "Write its ARN into the annotation " + AwsAnnotations.ROLE_ARN + ".",
            "Remove the annotation if the pods need no role."));
  }

  private static String fault(String value) {
    if (Annotated.isRoleArn(bare(value))) {
      return "the value has white space or quotes around the ARN";
    }
    if (ASSUMED.matcher(value).matches()) {
      return "the value is the ARN of a session, not of its role";
    }
    if (value.contains(":instance-profile/")) {
      return "the value is the ARN of an instance profile, not of a role";
    }
    return value.startsWith("arn:")
        ? "the value is not the ARN of a role"
        : "the value is not an ARN";
  }

  private static String bare(String value) {
    return value.strip().replaceAll("^[\"']+|[\"']+$", "").strip();
  }

  /// The one role of the account that the value can mean.
  private static Optional<Role> meant(Annotated one, AuditContext context) {
    String value = bare(one.roleArn());
    if (Annotated.isRoleArn(value)) {
      return context.index().role(value);
    }
    Matcher assumed = ASSUMED.matcher(value);
    String name =
        assumed.matches() ? assumed.group(1) : PLAIN_NAME.matcher(value).matches() ? value : "";
    List<Role> named =
        context.inventory().roles().stream().filter(role -> role.name().equals(name)).toList();
    return Only.of(named);
  }

  private static Remediation remediation(
      Annotated one, Optional<Role> meant, AuditContext context) {
    return meant
        .filter(role -> one.getsIn(role, one.audience(), context))
        .map(
            role ->
                one.rebind(
                    "Write the ARN of the role that is meant, and restart the pods.",
                    role.arn(),
                    context))
        .orElseGet(
            () ->
                Remediation.decide(
                    "Decide which role the service account is to have.",
                    "Write its ARN into the annotation " + AwsAnnotations.ROLE_ARN + ".",
                    "Remove the annotation if the pods need no role."));
  }
}
