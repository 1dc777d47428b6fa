package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.access.EdgeChanges;
import io.github.eksidentity.core.access.Sight;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A report in the form of [JsonReport], read back, as far as a comparison needs it.
///
/// @param findings by id
/// @param coverage status and reason by scope
/// @param undecided ids that findings would have of which the audit could not say whether they are
/// there
/// @param asked the rules that the audit asked; empty for a report of an earlier version, which
/// does not tell
/// @param edges empty for a report of an earlier version, which holds none
public record SavedReport(
    String account,
    String at,
    Map<String, SavedFinding> findings,
    Map<Scope, Status> coverage,
    Set<String> undecided,
    Optional<Set<String>> asked,
    Optional<List<Edge>> edges) {

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
      case JsonResult.Read(Json.Obj report) -> of(new SavedObject(report));
      case JsonResult.Read(Json other) -> throw new NotAReport("not an object but " + other.kind());
      case JsonResult.Unreadable(Position at, String message) ->
          throw new NotAReport(at + ": " + message);
    };
  }

  private static SavedReport of(SavedObject report) throws NotAReport {
    if (!report.isNumber("version", JsonReport.VERSION)) {
      throw new NotAReport(
          "no output of eks-identity audit --output json, version " + JsonReport.VERSION);
    }
    Map<String, SavedFinding> findings = new TreeMap<>();
    for (SavedObject finding : report.objects("findings")) {
      findings.put(finding.text("id"), finding(finding));
    }
    Map<Scope, Status> coverage = new TreeMap<>();
    for (SavedObject read : report.objects("coverage")) {
      coverage.put(read.scope("scope"), new Status(read.text("status"), read.text("reason")));
    }
    String account = report.text("account");
    Set<String> undecided = new HashSet<>();
    for (SavedObject entry : report.objects("undecided")) {
      undecided.add(Finding.fingerprint(entry.text("rule"), account, entry.text("resource")));
    }
    return new SavedReport(
        account,
        report.text("at"),
        findings,
        coverage,
        undecided,
        report.has("asked") ? Optional.of(Set.copyOf(report.texts("asked"))) : Optional.empty(),
        report.has("edges") ? Optional.of(SavedEdges.of(report)) : Optional.empty());
  }

  private static SavedFinding finding(SavedObject finding) throws NotAReport {
    return new SavedFinding(
        finding.text("id"),
        finding.text("rule"),
        finding.oneOf("severity", Severity.values(), Severity::id),
        finding.optionalText("cluster"),
        finding.text("resource"),
        finding.text("title"),
        finding.pretty("evidence"),
        finding.scopes("scopes"));
  }

  /// Whether a finding that is not in the report is known not to be there.
  ///
  /// @param sight how far the audit saw
  public boolean decides(SavedFinding finding, Sight sight) {
    return asked.map(rules -> rules.contains(finding.rule())).orElse(true)
        && !undecided.contains(finding.id())
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
