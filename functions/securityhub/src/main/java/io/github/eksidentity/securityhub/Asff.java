package io.github.eksidentity.securityhub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.rules.Rules;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
  private static final JsonFactory FACTORY = new JsonFactory();

  private Asff() {}

  /// The changes as one call of BatchImportFindings takes them.
  ///
  /// @param partition id of the partition, as `aws`
  /// @param region where they are imported
  static String of(List<Change> changes, String partition, String region) {
    Map<String, RuleMetadata> rules = rules();
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("Findings");
      for (Change change : changes) {
        Optional<RuleMetadata> rule = Optional.ofNullable(rules.get(change.rule()));
        write(out, change, rule, partition, region);
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  private static void write(
      JsonGenerator out,
      Change change,
      Optional<RuleMetadata> rule,
      String partition,
      String region)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("SchemaVersion", "2018-10-08");
    out.writeStringField("Id", PRODUCT + "/" + change.finding());
    out.writeStringField(
        "ProductArn",
        "arn:%s:securityhub:%s:%s:product/%s/default"
            .formatted(partition, region, change.account(), change.account()));
    out.writeStringField("GeneratorId", PRODUCT + "/" + change.rule());
    out.writeStringField("AwsAccountId", change.account());
    out.writeStringField("CreatedAt", change.firstSeen().toString());
    out.writeStringField("UpdatedAt", change.at().toString());
    assessment(out, change);
    out.writeObjectFieldStart("FindingProviderFields");
    assessment(out, change);
    out.writeEndObject();
    out.writeStringField("Title", cut(change.title(), TITLE));
    out.writeStringField(
        "Description", cut(rule.map(RuleMetadata::why).orElse(change.title()), DESCRIPTION));
    out.writeObjectFieldStart("Remediation");
    object(
        out,
        "Recommendation",
        Map.of(
            "Text",
            cut(rule.map(RuleMetadata::remediation).orElse("See the digest."), RECOMMENDATION)));
    out.writeEndObject();
    object(out, "ProductFields", fields(change));
    out.writeArrayFieldStart("Resources");
    resource(out, change, partition, region);
    out.writeEndArray();
    object(out, "Compliance", Map.of("Status", compliance(change.status())));
    out.writeStringField("RecordState", isClosed(change) ? "ARCHIVED" : "ACTIVE");
    out.writeEndObject();
  }

  private static void assessment(JsonGenerator out, Change change) throws IOException {
    object(out, "Severity", Map.of("Label", severity(change.severity())));
    out.writeArrayFieldStart("Types");
    out.writeString(TYPE);
    out.writeEndArray();
  }

  private static void object(JsonGenerator out, String name, Map<String, String> members)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> member : members.entrySet()) {
      out.writeStringField(member.getKey(), member.getValue());
    }
    out.writeEndObject();
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

  private static void resource(JsonGenerator out, Change change, String partition, String region)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("Type", type(change.resource()));
    out.writeStringField("Id", id(change, partition));
    out.writeStringField("Partition", partition);
    out.writeStringField("Region", region);
    out.writeEndObject();
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
