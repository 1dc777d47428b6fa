package io.github.eksidentity.core.rules.podidentity;

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
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Flags a cluster with associations whose platform does not know Pod Identity.
public final class AssociationPlatformTooOld implements Rule.OnCluster {
  /// First platform version with Pod Identity, by minor version of Kubernetes 1; every later minor
  /// version has it from the start.
  private static final Map<Integer, Integer> FIRST =
      Map.of(24, 13, 25, 10, 26, 9, 27, 8, 28, 4, 29, 1, 30, 2, 31, 4);

  private static final int OLDEST = 24;
  private static final Pattern VERSION = Pattern.compile("1\\.(\\d{1,4})");
  private static final Pattern PLATFORM = Pattern.compile("eks\\.(\\d{1,6})");

  private static final RuleMetadata METADATA =
      rule(
              "association-platform-too-old",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.POD_IDENTITY,
              "The platform version of the cluster is too old for Pod Identity")
          .why(
              "EKS injects the variables and the token of Pod Identity only from a certain platform"
                  + " version of each Kubernetes version on. EKS updates platform versions by"
                  + " itself, but not on clusters out of support.")
          .risk("Pods of associated service accounts run without credentials.")
          .remediation("Update the cluster to a Kubernetes version in support.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html")
          .breaks(ExplainStep.ENDPOINT)
          .needs(Need.ASSOCIATIONS, Need.EKS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Cluster cluster, AuditContext context) {
    if (!cluster.runs() || cluster.associations().isEmpty()) {
      return Verdict.satisfied();
    }
    OptionalInt minor = number(VERSION, cluster.version());
    OptionalInt platform = number(PLATFORM, cluster.platformVersion());
    if (minor.isEmpty() || platform.isEmpty()) {
      return Verdict.undecided(
          "the version "
              + cluster.version()
              + " with platform "
              + cluster.platformVersion()
              + " is of no known form");
    }
    int first = FIRST.getOrDefault(minor.getAsInt(), 1);
    if (minor.getAsInt() >= OLDEST && platform.getAsInt() >= first) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        METADATA.severity(),
        "The platform of cluster " + cluster.name() + " is too old for Pod Identity",
        List.of(
            Evidence.of("Kubernetes " + cluster.version() + " is too old at this platform version")
                .withKey("platformVersion")
                .withValue(cluster.platformVersion())
                .withNearest(
                    minor.getAsInt() < OLDEST ? "Kubernetes 1.24, eks.13" : "eks." + first)),
        Remediation.decide(
            "Decide when to update the cluster; that replaces its nodes' software step by step.",
            "aws eks update-cluster-version --region "
                + cluster.region()
                + " --name "
                + cluster.name()
                + " --kubernetes-version <next>",
            "Until then give the service accounts their roles by IRSA."));
  }

  private static OptionalInt number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
