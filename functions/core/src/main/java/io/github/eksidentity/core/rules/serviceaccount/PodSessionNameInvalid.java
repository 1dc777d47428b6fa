package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.webhook.CredentialPair;
import java.util.List;
import java.util.regex.Pattern;

/// Flags session names that STS refuses.
public final class PodSessionNameInvalid implements Rule.OnServiceAccount {
  private static final Pattern ACCEPTED = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final RuleMetadata METADATA =
      rule(
              "pod-session-name-invalid",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "AWS_ROLE_SESSION_NAME is a name that STS refuses")
          .why(
              "SDKs send the variable with every call of AssumeRoleWithWebIdentity. STS takes 2 to"
                  + " 64 letters, digits and the characters _ + = , . @ - and no others. Pod"
                  + " Identity does not use the variable.")
          .risk("STS refuses every call, and the pods get no credentials.")
          .remediation("Remove the variable, or write a name that STS takes.")
          .references(
              "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
              "https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html")
          .breaks(ExplainStep.POD)
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .refinedBy(Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    BoundPods bound = BoundPods.of(subject, context);
    List<BoundPods.Spot> refused = bound.where((_, container) -> refused(container));
    if (refused.isEmpty()) {
      return Verdict.satisfied();
    }
    Verdict.Violated violated =
        Verdict.violated(
                METADATA.severity(),
                "Pods of %s have a session name that STS refuses".formatted(bound.named()),
                refused.stream()
                    .map(
                        spot ->
                            spot.evidence("sets a session name that STS refuses")
                                .withKey(AwsVariables.SESSION_NAME)
                                .withValue(
                                    spot.container()
                                        .literal(AwsVariables.SESSION_NAME)
                                        .orElseThrow()))
                    .toList(),
                new Remediation.Fix(
                    "Remove the variable: SDKs then make a name of their own.",
                    refused.stream()
                        .<Change>map(
                            spot ->
                                new Change.RemoveVariables(
                                    bound.cluster().arn(),
                                    spot.workload(),
                                    spot.container().name(),
                                    List.of(AwsVariables.SESSION_NAME)))
                        .toList()))
            .withStsError(
                "ValidationError: Value at 'roleSessionName' failed to satisfy constraint");
    return bound.binding().map(binding -> violated.withRole(binding.roleArn())).orElse(violated);
  }

  private static boolean refused(Container container) {
    return CredentialPair.WEB_IDENTITY.complete(container)
        && container
            .literal(AwsVariables.SESSION_NAME)
            .filter(name -> !name.isEmpty())
            .filter(name -> !ACCEPTED.matcher(name).matches())
            .isPresent();
  }
}
