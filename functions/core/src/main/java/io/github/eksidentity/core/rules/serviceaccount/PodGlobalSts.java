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
import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.BoundPods;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Flags pods that are told to use the global endpoint of STS.
public final class PodGlobalSts implements Rule.OnServiceAccount {
  private static final Set<String> ENABLED =
      Set.of(
          "us-east-1",
          "us-east-2",
          "us-west-1",
          "us-west-2",
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-south-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "ca-central-1",
          "eu-central-1",
          "eu-north-1",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "sa-east-1");
  private static final RuleMetadata METADATA =
      rule(
              "pod-global-sts",
              Severity.LOW,
              Impact.HYGIENE,
              Category.SERVICE_ACCOUNT,
              "Pods are told to use the global endpoint of STS")
          .why(
              "The annotation eks.amazonaws.com/sts-regional-endpoints or the variable"
                  + " AWS_STS_REGIONAL_ENDPOINTS switches the regional endpoint off, which is the"
                  + " default of every current cluster and SDK. The webhook takes 0, f, F, false,"
                  + " False and FALSE for off, and passes over what is no boolean of Go. The"
                  + " finding is of medium severity in a region that has to be enabled first.")
          .risk(
              "AWS serves the global endpoint in the region itself where the region is enabled by"
                  + " default. In a region that has to be enabled first, calls go to us-east-1:"
                  + " they are slower, and fail with that region. A private network needs a way to"
                  + " the global endpoint beside the regional one.")
          .remediation("Remove the annotation or the variable, and restart the pods.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/configure-sts-endpoint.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html",
              "https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html")
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
    if (!(bound.binding().orElse(null) instanceof Binding.Irsa irsa)) {
      return Verdict.satisfied();
    }
    Optional<String> switched =
        subject
            .serviceAccount()
            .annotation(AwsAnnotations.STS_REGIONAL_ENDPOINTS)
            .filter(_ -> !PodWebhook.regionalSts(subject.serviceAccount().annotations()));
    List<BoundPods.Spot> legacy =
        bound.where(
            (_, container) ->
                container
                    .literal(AwsVariables.STS_REGIONAL_ENDPOINTS)
                    .filter(value -> value.equalsIgnoreCase("legacy"))
                    .isPresent());
    boolean hasGlobal = Partition.ofRegion(subject.cluster().region()) == Partition.AWS;
    if (!hasGlobal || (switched.isEmpty() && legacy.isEmpty())) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            servedInRegion(subject.cluster().region()) ? METADATA.severity() : Severity.MEDIUM,
            "Pods of %s are told to use the global endpoint of STS".formatted(bound.named()),
            evidence(switched, legacy),
            remediation(bound, switched, legacy))
        .withRole(irsa.roleArn());
  }

  /// Whether the region is enabled in every account, without anybody's doing.
  private static boolean servedInRegion(String region) {
    return ENABLED.contains(region);
  }

  private static List<Evidence> evidence(Optional<String> switched, List<BoundPods.Spot> legacy) {
    List<Evidence> evidence = new ArrayList<>();
    switched.ifPresent(
        value ->
            evidence.add(
                Evidence.of("the annotation switches the regional endpoint off")
                    .withKey(AwsAnnotations.STS_REGIONAL_ENDPOINTS)
                    .withValue(value)));
    legacy.forEach(
        spot ->
            evidence.add(
                spot.evidence("asks for the global endpoint")
                    .withKey(AwsVariables.STS_REGIONAL_ENDPOINTS)
                    .withValue("legacy")));
    return evidence;
  }

  private static Remediation remediation(
      BoundPods bound, Optional<String> switched, List<BoundPods.Spot> legacy) {
    List<Change> changes = new ArrayList<>();
    if (switched.isPresent()) {
      changes.add(
          new Change.RemoveServiceAccountAnnotation(
              bound.cluster().arn(),
              bound.serviceAccount().namespace(),
              bound.serviceAccount().name(),
              AwsAnnotations.STS_REGIONAL_ENDPOINTS));
    }
    legacy.forEach(
        spot ->
            changes.add(
                new Change.RemoveVariables(
                    bound.cluster().arn(),
                    spot.workload(),
                    spot.container().name(),
                    List.of(AwsVariables.STS_REGIONAL_ENDPOINTS))));
    return new Remediation.Fix("Let the pods use the endpoint of their region.", changes);
  }
}
