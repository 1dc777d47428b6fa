package io.github.eksidentity.securityhub;

import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Rules;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.ComplianceStatus;
import software.amazon.awssdk.services.securityhub.model.Partition;
import software.amazon.awssdk.services.securityhub.model.RecordState;
import software.amazon.awssdk.services.securityhub.model.Resource;
import software.amazon.awssdk.services.securityhub.model.SeverityLabel;

/// A finding in Security Hub's own format. It is closed where it is resolved, where its rule or
/// account is no longer audited, and where it is muted.
///
/// Documented at
/// <https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html>.
final class Asff {
  private static final String PRODUCT = "eks-identity-auditor";
  private static final String TYPE =
      "Software and Configuration Checks/AWS Security Best Practices";

  /// Security Hub refuses longer texts.
  private static final int TITLE = 256;

  private static final int DESCRIPTION = 1024;
  private static final int RECOMMENDATION = 512;

  private Asff() {}

  /// @param partition id of the partition, as `aws`
  /// @param region where it is imported
  static AwsSecurityFinding of(Change change, String partition, String region) {
    SeverityLabel severity = severity(change.severity());
    RuleMetadata rule = rules().get(change.rule());
    return AwsSecurityFinding.builder()
        .schemaVersion("2018-10-08")
        .id(PRODUCT + "/" + change.finding())
        .productArn(
            "arn:%s:securityhub:%s:%s:product/%s/default"
                .formatted(partition, region, change.account(), change.account()))
        .generatorId(PRODUCT + "/" + change.rule())
        .awsAccountId(change.account())
        .types(TYPE)
        .createdAt(change.firstSeen().toString())
        .updatedAt(change.at().toString())
        .severity(it -> it.label(severity))
        .findingProviderFields(fields -> fields.severity(it -> it.label(severity)).types(TYPE))
        .title(cut(change.title(), TITLE))
        .description(cut(rule == null ? change.title() : rule.why(), DESCRIPTION))
        .remediation(
            it ->
                it.recommendation(
                    text ->
                        text.text(
                            cut(
                                rule == null ? "See the digest." : rule.remediation(),
                                RECOMMENDATION))))
        .productFields(fields(change))
        .resources(resource(change, partition, region))
        .compliance(it -> it.status(compliance(change.status())))
        .recordState(isClosed(change) ? RecordState.ARCHIVED : RecordState.ACTIVE)
        .build();
  }

  private static Map<String, RuleMetadata> rules() {
    Map<String, RuleMetadata> byId = new TreeMap<>();
    Rules.all().forEach(rule -> byId.put(rule.id(), rule.metadata()));
    return byId;
  }

  private static Map<String, String> fields(Change change) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(PRODUCT + "/finding", change.finding());
    fields.put(PRODUCT + "/rule", change.rule());
    fields.put(PRODUCT + "/status", change.muted() ? "muted" : change.status());
    change.cluster().ifPresent(cluster -> fields.put(PRODUCT + "/cluster", cluster));
    return fields;
  }

  private static Resource resource(Change change, String partition, String region) {
    return Resource.builder()
        .type(type(change.resource()))
        .id(id(change, partition))
        .partition(Partition.fromValue(partition))
        .region(region)
        .build();
  }

  private static String type(String resource) {
    if (resource.matches("arn:[^:]+:iam::\\d+:role/.+")) {
      return "AwsIamRole";
    }
    return resource.matches("arn:[^:]+:eks:[^:]+:\\d+:cluster/.+") ? "AwsEksCluster" : "Other";
  }

  /// The name of a service account says nothing without its cluster.
  private static String id(Change change, String partition) {
    if (change.resource().startsWith("arn:") || change.cluster().isEmpty()) {
      return change.resource();
    }
    return "arn:%s:eks:%s:%s:cluster/%s/%s"
        .formatted(
            partition,
            change.region(),
            change.account(),
            change.cluster().get(),
            change.resource());
  }

  private static boolean isClosed(Change change) {
    return change.muted()
        || !(change.status().equals("open") || change.status().equals("unverified"));
  }

  private static ComplianceStatus compliance(String status) {
    return switch (status) {
      case "open" -> ComplianceStatus.FAILED;
      case "resolved" -> ComplianceStatus.PASSED;
      default -> ComplianceStatus.NOT_AVAILABLE;
    };
  }

  private static SeverityLabel severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> SeverityLabel.CRITICAL;
      case HIGH -> SeverityLabel.HIGH;
      case MEDIUM -> SeverityLabel.MEDIUM;
      case LOW -> SeverityLabel.LOW;
      case INFO -> SeverityLabel.INFORMATIONAL;
    };
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
