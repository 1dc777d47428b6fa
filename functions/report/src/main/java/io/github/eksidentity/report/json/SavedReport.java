package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.access.EdgeChanges;
import io.github.eksidentity.core.access.Sight;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonFault;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.Position;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// A report in the form of [JsonReport], read back, as far as a comparison needs it.
///
/// @param findings by id
/// @param coverage status and reason by scope
/// @param undecided of what the audit could not say whether it is there
/// @param asked the rules that the audit asked; empty for a report of an earlier version, which
/// does not tell
/// @param edges empty for a report of an earlier version, which holds none
public record SavedReport(
    String account,
    String at,
    Map<String, SavedFinding> findings,
    Map<Scope, Status> coverage,
    NotDecided undecided,
    Optional<Set<String>> asked,
    Optional<List<Edge>> edges) {

  /// Of what it is not known whether it is there.
  ///
  /// @param account the account's id
  /// @param ids those that findings would have
  /// @param clusters by rule, the beginnings of the keys of all service accounts of some clusters
  public record NotDecided(String account, Set<String> ids, Map<String, Set<String>> clusters) {
    boolean has(SavedFinding finding) {
      return ids.contains(finding.id())
          || clusters.getOrDefault(finding.rule(), Set.of()).stream()
              .map(prefix -> prefix + finding.resource())
              .anyMatch(
                  key -> Finding.fingerprint(finding.rule(), account, key).equals(finding.id()));
    }
  }

  /// One finding.
  ///
  /// @param evidence all of it, as text
  /// @param scopes what must be completely read before it may be called resolved
  public record SavedFinding(
      String id,
      String rule,
      Severity severity,
      Optional<String> cluster,
      String resource,
      String title,
      String evidence,
      Set<Scope> scopes) {}

  /// How well a scope was read.
  public record Status(String status, String reason) {
    public boolean isComplete() {
      return status.equals("complete");
    }
  }

  /// The text is no such report. The message says where and why.
  public static final class NotAReport extends Exception {
    private static final long serialVersionUID = 1L;

    NotAReport(String message) {
      super(message);
    }
  }

  /// Reads a report.
  ///
  /// @throws NotAReport if the text is anything else, or of another version
  public static SavedReport read(byte[] utf8) throws NotAReport {
    return switch (JsonReader.read(utf8, JsonLimits.FILE)) {
      case JsonResult.Read(Json.Obj report) -> of(new JsonMembers<>(report, SavedReport::refused));
      case JsonResult.Read(Json other) -> throw new NotAReport("not an object but " + other.kind());
      case JsonResult.Unreadable(Position at, _) -> throw new NotAReport(at + ": not JSON");
    };
  }

  private static SavedReport of(JsonMembers<NotAReport> report) throws NotAReport {
    if (!isVersion(report.object())) {
      throw new NotAReport(
          "no output of eks-identity audit --output json, version " + JsonReport.VERSION);
    }
    Map<String, SavedFinding> findings = new TreeMap<>();
    for (JsonMembers<NotAReport> finding : report.requiredObjects("findings")) {
      findings.put(finding.text("id"), finding(finding));
    }
    Map<Scope, Status> coverage = new TreeMap<>();
    for (JsonMembers<NotAReport> read : report.requiredObjects("coverage")) {
      coverage.put(
          scope(read, "scope", read.text("scope")),
          new Status(read.text("status"), read.text("reason")));
    }
    return new SavedReport(
        report.text("account"),
        report.text("at"),
        findings,
        coverage,
        notDecided(report),
        tells(report, "asked")
            ? Optional.of(Set.copyOf(report.requiredTexts("asked")))
            : Optional.empty(),
        tells(report, "edges") ? Optional.of(SavedEdges.of(report)) : Optional.empty());
  }

  private static NotDecided notDecided(JsonMembers<NotAReport> report) throws NotAReport {
    String account = report.text("account");
    Set<String> ids = new HashSet<>();
    Map<String, Set<String>> clusters = new TreeMap<>();
    for (JsonMembers<NotAReport> entry : report.requiredObjects("undecided")) {
      String rule = entry.text("rule");
      Set<String> keys = new HashSet<>(entry.texts("resources"));
      keys.add(entry.text("resource"));
      for (String key : keys) {
        if (key.endsWith(Undecided.EACH)) {
          clusters
              .computeIfAbsent(rule, _ -> new HashSet<>())
              .add(key.substring(0, key.length() - Undecided.EACH.length()));
        } else {
          ids.add(Finding.fingerprint(rule, account, key));
        }
      }
    }
    return new NotDecided(account, ids, clusters);
  }

  private static boolean isVersion(Json.Obj report) {
    return report.get("version").orElse(null) instanceof Json.Num(_, String number)
        && number.equals(Integer.toString(JsonReport.VERSION));
  }

  private static boolean tells(JsonMembers<NotAReport> report, String name) {
    return report.object().get(name).isPresent();
  }

  private static NotAReport refused(JsonFault fault) {
    String must =
        switch (fault.part()) {
          case ITEM -> "must hold " + fault.expected().replaceFirst("^an? ", "") + "s";
          case WHOLE, MEMBER -> "must be " + fault.expected();
          case NAME -> "stands twice";
        };
    return new NotAReport(fault.at() + ": the member " + fault.name() + " " + must);
  }

  /// The value whose id stands there.
  static <T> T oneOf(JsonMembers<NotAReport> entry, String name, T[] values, Function<T, String> id)
      throws NotAReport {
    String text = entry.text(name);
    return Arrays.stream(values)
        .filter(value -> id.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(entry, name, "has no such value as " + text));
  }

  static Set<Scope> scopes(JsonMembers<NotAReport> entry) throws NotAReport {
    Set<Scope> scopes = new HashSet<>();
    for (String text : entry.requiredTexts("scopes")) {
      scopes.add(scope(entry, "scopes", text));
    }
    return scopes;
  }

  private static Scope scope(JsonMembers<NotAReport> entry, String name, String text)
      throws NotAReport {
    return Scope.parse(text).orElseThrow(() -> wrong(entry, name, "names no scope: " + text));
  }

  private static NotAReport wrong(JsonMembers<NotAReport> entry, String name, String why) {
    return new NotAReport(entry.object().at() + ": the member " + name + " " + why);
  }

  private static SavedFinding finding(JsonMembers<NotAReport> finding) throws NotAReport {
    return new SavedFinding(
        finding.text("id"),
        finding.text("rule"),
        oneOf(finding, "severity", Severity.values(), Severity::id),
        finding.optionalText("cluster"),
        finding.text("resource"),
        finding.text("title"),
        JsonWriter.pretty(finding.required("evidence")),
        scopes(finding));
  }

  /// Whether a finding that is not in the report is known not to be there.
  ///
  /// @param sight how far the audit saw
  public boolean decides(SavedFinding finding, Sight sight) {
    return asked.map(rules -> rules.contains(finding.rule())).orElse(true)
        && !undecided.has(finding)
        && finding.scopes().stream().allMatch(sight::knows);
  }

  /// How far the audit saw.
  public Sight sight() {
    return Sight.of(coverage, Status::isComplete);
  }

  /// Who can become what, where the report tells it.
  public Optional<EdgeChanges.State> access() {
    return edges.map(all -> new EdgeChanges.State(sight(), all));
  }
}
