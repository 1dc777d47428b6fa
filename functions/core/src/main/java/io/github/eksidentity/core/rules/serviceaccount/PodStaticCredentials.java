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
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import java.util.List;

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
                  + " before web identity and Pod Identity in almost all of them. A profile, and a"
                  + " file of credentials or settings, come before Pod Identity in all, and before"
                  + " web identity in some: the SDK for Java asks for web identity first, the SDK"
                  + " for Go takes a profile first and files last, the SDK for JavaScript reads"
                  + " files first. Empty variables do not count.")
          .risk(
              "The pods silently use another identity, mostly a user's long-lived keys, and a"
                  + " change of the role has no effect.")
          .remediation("Remove keys and profile from the pods, and delete the keys.")
          .references(
              "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html",
              "https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html",
              "https://docs.aws.amazon.com/sdk-for-go/v2/developer-guide/configure-gosdk.html",
              "https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html",
              "https://docs.aws.amazon.com/boto3/latest/guide/credentials.html",
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
    if (bound.binding().isEmpty()) {
      return Verdict.satisfied();
    }
    List<BoundPods.Spot> shadowed =
        bound.where(
            (pod, container) ->
                EarlierCredentials.of(pod, container) instanceof EarlierCredentials.Found);
    if (shadowed.isEmpty()) {
      return doubts(bound);
    }
    boolean filesOnly =
        shadowed.stream()
            .allMatch(
                spot ->
                    EarlierCredentials.of(spot.pod(), spot.container())
                            instanceof EarlierCredentials.Found found
                        && found.file());
    boolean podIdentity = bound.binding().get() instanceof Binding.PodIdentity;
    return Verdict.violated(
            filesOnly && !podIdentity ? Severity.MEDIUM : METADATA.severity(),
            "Pods of %s have credentials that come before its role".formatted(bound.named()),
            shadowed.stream().map(PodStaticCredentials::evidence).toList(),
            Remediation.decide(
                "Decide whether the application can do with the role's permissions alone; while it"
                    + " moves from keys to the role, both may be there on purpose.",
                "Remove the variable or the volume from the template, and delete the access key in"
                    + " IAM."))
        .withRole(bound.binding().get().roleArn());
  }

  private static Verdict doubts(BoundPods bound) {
    return bound
        .where(
            (pod, container) ->
                EarlierCredentials.of(pod, container) instanceof EarlierCredentials.Perhaps)
        .stream()
        .map(spot -> EarlierCredentials.of(spot.pod(), spot.container()))
        .<Verdict>map(
            found ->
                Verdict.undecided(
                    found instanceof EarlierCredentials.Perhaps(String why) ? why : ""))
        .findFirst()
        .orElseGet(Verdict::satisfied);
  }

  private static Evidence evidence(BoundPods.Spot spot) {
    if (!(EarlierCredentials.of(spot.pod(), spot.container())
        instanceof EarlierCredentials.Found found)) {
      throw new IllegalStateException("only for what was found");
    }
    Evidence evidence = spot.evidence("sets credentials of its own").withKey(found.key());
    return found.path().map(evidence::withValue).orElse(evidence);
  }
}
