package io.github.eksidentity.core.rules.cluster;

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
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;

/// Flags a cluster in a region where STS is switched off.
public final class ClusterStsRegionDisabled implements Rule.OnCluster {
  /// EKS's code of the health issue.
  private static final String CODE = "StsRegionalEndpointDisabled";

  private static final RuleMetadata METADATA =
      rule(
              "cluster-sts-region-disabled",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.CLUSTER,
              "STS is switched off in the cluster's region")
          .why(
              "An account can deactivate the endpoint of STS in a region. EKS reports it as a"
                  + " health issue of the cluster.")
          .risk(
              "No pod of the cluster gets credentials from the region's STS, and EKS itself cannot"
                  + " manage the cluster fully.")
          .remediation("Activate STS in the region: IAM console, account settings.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/APIReference/API_ClusterIssue.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html")
          .breaks(ExplainStep.ENDPOINT)
          .needs(Need.EKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    List<Evidence> evidence =
        cluster.health().stream()
            .filter(issue -> issue.code().equals(CODE))
            .map(issue -> Evidence.of(issue.message()).withKey("health").withValue(issue.code()))
            .toList();
    if (evidence.isEmpty()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
            METADATA.severity(),
            "STS is switched off in "
                + cluster.region()
                + ", the region of cluster "
                + cluster.name(),
            evidence,
            Remediation.decide(
                "Activate STS in " + cluster.region() + "; there is no API for it.",
                "IAM console, account settings, Security Token Service, endpoints: activate "
                    + cluster.region()
                    + "."))
        .withStsError(StsError.REGION_DISABLED);
  }
}
