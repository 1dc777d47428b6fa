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
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;
import java.util.Optional;

/// Flags containers whose static keys or profile come before the role of their service account.
public final class PodStaticCredentials implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "pod-static-credentials",
              Severity.HIGH,
              Impact.HYGIENE,
              Category.SERVICE_ACCOUNT,
              "Static keys or a profile shadow the role of the service account")
          .why(
              "SDKs look for credentials in a fixed order. Access keys in the environment come"
                  + " before web identity and Pod Identity in almost all of them, and a profile"
                  + " comes before Pod Identity in all, and before web identity in some.")
          .risk(
              "The pods silently use another identity, mostly a user's long-lived keys, and a"
                  + " change of the role has no effect.")
          .remediation("Remove keys and profile from the pods, and delete the keys.")
          .references(
              "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html")
          .breaks(ExplainStep.SHADOWING)
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
    List<BoundPods.Spot> shadowed = bound.where((_, container) -> shadow(container).isPresent());
    if (bound.binding().isEmpty() || shadowed.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "Pods of %s have credentials that come before its role".formatted(bound.named()),
            shadowed.stream()
                .map(
                    spot ->
                        spot.evidence("sets credentials of its own")
                            .withKey(shadow(spot.container()).orElseThrow()))
                .toList(),
            Remediation.decide(
                "Decide whether the application can do with the role's permissions alone; while it"
                    + " moves from keys to the role, both may be there on purpose.",
                "Remove the variable from the template, and delete the access key in IAM."))
        .withRole(bound.binding().get().roleArn());
  }

  private static Optional<String> shadow(Container container) {
    return container.sets(AwsVariables.ACCESS_KEY_ID)
            && container.sets(AwsVariables.SECRET_ACCESS_KEY)
        ? Optional.of(AwsVariables.ACCESS_KEY_ID)
        : container.sets(AwsVariables.PROFILE)
            ? Optional.of(AwsVariables.PROFILE)
            : Optional.empty();
  }
}
