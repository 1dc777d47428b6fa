package io.github.eksidentity.securityhub;

import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.core.rules.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Findings in Security Hub's own format. One is closed where it is resolved, where its rule or
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

  /// The changes as one call of BatchImportFindings takes them.
  ///
  /// @param partition id of the partition, as `aws`
  /// @param region where they are imported
  static String of(List<FindingChange> changes, String partition, String region) {
    Map<String, RuleMetadata> rules = rules();
    return JsonWriter.object(
        Layout.LINE,
        out ->
            out.objects(
                "Findings",
                changes,
                (json, change) ->
                    write(
                        json,
                        change,
                        Optional.ofNullable(rules.get(change.rule())),
                        partition,
                        region)));
  }

  private static void write(
      JsonWriter out,
      FindingChange change,
      Optional<RuleMetadata> rule,
      String partition,
      String region) {
    out.text("SchemaVersion", "2018-10-08")
        .text("Id", PRODUCT + "/" + change.finding())
        .text(
            "ProductArn",
            "arn:%s:securityhub:%s:%s:product/%s/default"
                .formatted(partition, region, change.account(), change.account()))
        .text("GeneratorId", PRODUCT + "/" + change.rule())
        .text("AwsAccountId", change.account())
        .text("CreatedAt", change.firstSeen().toString())
        .text("UpdatedAt", change.at().toString());
    assessment(out, change);
    out.object("FindingProviderFields", fields -> assessment(fields, change))
        .text("Title", cut(change.title(), TITLE))
        .text("Description", cut(rule.map(RuleMetadata::why).orElse(change.title()), DESCRIPTION))
        .object(
            "Remediation",
            remediation ->
                remediation.texts(
                    "Recommendation",
                    Map.of(
                        "Text",
                        cut(
                            rule.map(RuleMetadata::remediation).orElse("See the digest."),
                            RECOMMENDATION))))
        .texts("ProductFields", fields(change))
        .objects(
            "Resources", List.of(change), (json, one) -> resource(json, one, partition, region))
        .texts("Compliance", Map.of("Status", compliance(change.status())))
        .text("RecordState", isClosed(change) ? "ARCHIVED" : "ACTIVE");
  }

  private static void assessment(JsonWriter out, FindingChange change) {
    out.texts("Severity", Map.of("Label", severity(change.severity())))
        .texts("Types", List.of(TYPE));
  }

  private static Map<String, RuleMetadata> rules() {
    Map<String, RuleMetadata> byId = new TreeMap<>();
    Rules.all().forEach(rule -> byId.put(rule.id(), rule.metadata()));
    return byId;
  }

  private static Map<String, String> fields(FindingChange change) {
    Map<String, String> fields = new TreeMap<>();
    fields.put(PRODUCT + "/finding", change.finding());
    fields.put(PRODUCT + "/rule", change.rule());
    fields.put(PRODUCT + "/status", change.muted() ? "muted" : change.status());
    change.cluster().ifPresent(cluster -> fields.put(PRODUCT + "/cluster", cluster));
    return fields;
  }

  private static void resource(
      JsonWriter out, FindingChange change, String partition, String region) {
    out.text("Type", type(change.resource()))
        .text("Id", id(change, partition))
        .text("Partition", partition)
        .text("Region", region);
  }

  private static String type(String resource) {
    if (resource.matches("arn:[^:]+:iam::\\d+:role/.+")) {
      return "AwsIamRole";
    }
    return resource.matches("arn:[^:]+:eks:[^:]+:\\d+:cluster/.+") ? "AwsEksCluster" : "Other";
  }

  /// The name of a service account says nothing without its cluster.
  private static String id(FindingChange change, String partition) {
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

  private static boolean isClosed(FindingChange change) {
    return change.muted()
        || !(change.status().equals("open") || change.status().equals("unverified"));
  }

  private static String compliance(String status) {
    return switch (status) {
      case "open" -> "FAILED";
      case "resolved" -> "PASSED";
      default -> "NOT_AVAILABLE";
    };
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "CRITICAL";
      case HIGH -> "HIGH";
      case MEDIUM -> "MEDIUM";
      case LOW -> "LOW";
      case INFO -> "INFORMATIONAL";
    };
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
