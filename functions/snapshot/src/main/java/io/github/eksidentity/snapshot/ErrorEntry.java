package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of `errors.json`: a call that failed while the snapshot was taken.
///
/// @param scope what could not be read
/// @param part whether the call was for one member of the scope only
/// @param status the coverage by name where the entry says it, see [#coverage]
/// @param permission the IAM action that is missing
record ErrorEntry(
    Scope scope,
    boolean part,
    Optional<String> status,
    String reason,
    Optional<String> permission) {
  static final String FILE = "errors.json";

  private static final Pattern DENIED =
      Pattern.compile("not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)");
  private static final Pattern ERROR_AND_MESSAGE =
      Pattern.compile("([A-Za-z]+): (.+)", Pattern.DOTALL);
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("iam", Kind.IAM),
          Map.entry("iam-policies", Kind.IAM_POLICIES),
          Map.entry("iam-usage", Kind.IAM_USAGE),
          Map.entry("simulations", Kind.SIMULATIONS),
          Map.entry("oidc", Kind.OIDC),
          Map.entry("regions", Kind.REGIONS),
          Map.entry("eks", Kind.EKS),
          Map.entry("associations", Kind.ASSOCIATIONS),
          Map.entry("pod-identity-associations", Kind.ASSOCIATIONS),
          Map.entry("addons", Kind.ADDONS),
          Map.entry("nodegroups", Kind.NODE_GROUPS),
          Map.entry("node-groups", Kind.NODE_GROUPS),
          Map.entry("serviceaccounts", Kind.SERVICE_ACCOUNTS),
          Map.entry("pods", Kind.PODS),
          Map.entry("webhooks", Kind.WEBHOOKS),
          Map.entry("mutatingwebhookconfigurations", Kind.WEBHOOKS),
          Map.entry("rbac", Kind.RBAC),
          Map.entry("trail", Kind.TRAIL));
  private static final Set<String> READ_BY_NO_RULE = Set.of("quotas", "fargate-profiles", "events");

  /// All that a cluster's Kubernetes API would have told.
  private static final String KUBERNETES = "kubernetes";

  /// The entries of the file, none where there is no file. It is what other files' absence is
  /// explained by, so nothing in it is tolerated.
  static List<ErrorEntry> read(Source source) {
    return source.has(FILE)
        ? source.json(FILE).list().stream().flatMap(entry -> entries(entry).stream()).toList()
        : List.of();
  }

  private static List<ErrorEntry> entries(JsonMembers<SnapshotException> fields) {
    String kind = fields.text("scope").split("/", 2)[0].toLowerCase(Locale.ROOT);
    if (READ_BY_NO_RULE.contains(kind)) {
      return List.of();
    }
    return kind.equals(KUBERNETES)
        ? Kind.OF_KUBERNETES.stream().map(part -> entry(fields, part)).toList()
        : List.of(entry(fields, KINDS.get(kind)));
  }

  private static ErrorEntry entry(JsonMembers<SnapshotException> fields, @Nullable Kind kind) {
    String[] parts = fields.text("scope").split("/", 4);
    int needed = kind == null ? 0 : names(kind);
    if (kind == null || parts.length <= needed) {
      throw fields.wrong(
          "scope",
          "iam, simulations, oidc, regions, eks/<region>, trail/<region>, or associations, addons,"
              + " nodegroups, kubernetes, serviceaccounts, pods, webhooks or rbac with"
              + " /<region>/<cluster>");
    }
    Scope scope =
        new Scope(
            kind,
            needed > 0 ? Optional.of(parts[1]) : Optional.empty(),
            needed > 1 ? Optional.of(parts[2]) : Optional.empty());
    String reason = reason(fields);
    return new ErrorEntry(
        scope, parts.length > needed + 1, status(fields), reason, permission(fields, reason));
  }

  private static int names(Kind kind) {
    return switch (kind) {
      case IAM, IAM_POLICIES, IAM_USAGE, SIMULATIONS, OIDC, REGIONS -> 0;
      case EKS, TRAIL -> 1;
      case ASSOCIATIONS, ADDONS, NODE_GROUPS, SERVICE_ACCOUNTS, PODS, WEBHOOKS, RBAC -> 2;
    };
  }

  private static String reason(JsonMembers<SnapshotException> fields) {
    String error = fields.optionalText("error").orElse("");
    String message = fields.optionalText("message").orElse("");
    if (error.isEmpty() || message.isEmpty()) {
      return error + message;
    }
    return error + ": " + message;
  }

  private static Optional<String> status(JsonMembers<SnapshotException> fields) {
    Optional<String> status = fields.optionalText("status");
    if (status.isPresent() && !Set.of("partial", "failed", "skipped").contains(status.get())) {
      throw fields.wrong("status", "partial, failed or skipped");
    }
    return status;
  }

  private static Optional<String> permission(JsonMembers<SnapshotException> fields, String reason) {
    return fields.optionalText("permission").or(() -> permission(reason)).filter(p -> !p.isEmpty());
  }

  /// The IAM action that an AWS error message says is missing.
  static Optional<String> permission(String message) {
    Matcher matcher = DENIED.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// What the entries of one scope make of its coverage. Where the first does not say so itself, a
  /// scope of which something is in the snapshot is Partial and any other one Failed.
  static Coverage coverage(List<ErrorEntry> entries, boolean somethingWasRead) {
    ErrorEntry first = entries.getFirst();
    String reason = Part.summary(entries.stream().map(ErrorEntry::reason).toList());
    return switch (first.status().orElse(somethingWasRead ? "partial" : "failed")) {
      case "skipped" -> new Coverage.Skipped(reason);
      case "partial" -> new Coverage.Partial(reason, first.permission());
      default -> new Coverage.Failed(reason, first.permission());
    };
  }

  /// The file that says these coverages.
  static byte[] write(List<Map.Entry<Scope, Coverage>> entries) {
    return AwsCliJson.file(
        out -> out.objects(entries, (one, entry) -> write(one, entry.getKey(), entry.getValue())));
  }

  private static void write(JsonWriter out, Scope scope, Coverage coverage) {
    out.text("scope", scope.toString()).text("status", coverage.status());
    Matcher parts = ERROR_AND_MESSAGE.matcher(coverage.reason());
    if (parts.matches()) {
      out.text("error", parts.group(1)).text("message", parts.group(2));
    } else {
      out.text("message", coverage.reason());
    }
    String permission = permissionOf(coverage).orElse("");
    if (!permission.equals(permission(coverage.reason()).orElse(""))) {
      out.text("permission", permission);
    }
  }

  private static Optional<String> permissionOf(Coverage coverage) {
    return switch (coverage) {
      case Coverage.Partial(_, Optional<String> permission) -> permission;
      case Coverage.Failed(_, Optional<String> permission) -> permission;
      case Coverage.Complete _, Coverage.Skipped _ -> Optional.empty();
    };
  }
}
