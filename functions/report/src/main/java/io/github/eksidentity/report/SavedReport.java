package io.github.eksidentity.report;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.remedy.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A report in the form of [JsonReport], read back, as far as a comparison needs it.
///
/// @param findings by id
/// @param coverage status and reason by scope
public record SavedReport(
    String account, String at, Map<String, SavedFinding> findings, Map<String, Status> coverage) {

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
      List<String> scopes) {}

  /// How well a scope was read.
  public record Status(String status, String reason) {}

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
      case JsonResult.Read(Json.Obj report) -> of(report);
      case JsonResult.Read(Json other) -> throw new NotAReport("not an object but " + other.kind());
      case JsonResult.Unreadable(Position at, String message) ->
          throw new NotAReport(at + ": " + message);
    };
  }

  private static SavedReport of(Json.Obj report) throws NotAReport {
    if (!(report.get("version").orElse(null) instanceof Json.Num(_, String version))
        || !version.equals(Integer.toString(JsonReport.VERSION))) {
      throw new NotAReport(
          "no output of eks-identity audit --output json, version " + JsonReport.VERSION);
    }
    Map<String, SavedFinding> findings = new TreeMap<>();
    for (Json.Obj finding : objects(report, "findings")) {
      findings.put(text(finding, "id"), finding(finding));
    }
    Map<String, Status> coverage = new TreeMap<>();
    for (Json.Obj scope : objects(report, "coverage")) {
      coverage.put(text(scope, "scope"), new Status(text(scope, "status"), text(scope, "reason")));
    }
    return new SavedReport(text(report, "account"), text(report, "at"), findings, coverage);
  }

  private static SavedFinding finding(Json.Obj finding) throws NotAReport {
    String severity = text(finding, "severity");
    List<String> scopes = new ArrayList<>();
    for (Json scope : list(finding, "scopes")) {
      scopes.add(scope instanceof Json.Str(_, String name) ? name : "");
    }
    return new SavedFinding(
        text(finding, "id"),
        text(finding, "rule"),
        Severity.of(severity).orElseThrow(() -> new NotAReport("there is no severity " + severity)),
        finding.get("cluster").orElse(null) instanceof Json.Str(_, String cluster)
            ? Optional.of(cluster)
            : Optional.empty(),
        text(finding, "resource"),
        text(finding, "title"),
        JsonText.pretty(
            finding.get("evidence").orElseThrow(() -> new NotAReport("a finding has no evidence"))),
        scopes);
  }

  private static String text(Json.Obj object, String name) throws NotAReport {
    if (object.get(name).orElse(null) instanceof Json.Str(_, String value)) {
      return value;
    }
    throw new NotAReport(object.at() + ": the member " + name + " must be a string");
  }

  private static List<Json> list(Json.Obj object, String name) throws NotAReport {
    if (object.get(name).orElse(null) instanceof Json.Arr(_, List<Json> items)) {
      return items;
    }
    throw new NotAReport(object.at() + ": the member " + name + " must be a list");
  }

  private static List<Json.Obj> objects(Json.Obj object, String name) throws NotAReport {
    List<Json.Obj> objects = new ArrayList<>();
    for (Json item : list(object, name)) {
      if (!(item instanceof Json.Obj entry)) {
        throw new NotAReport(item.at() + ": " + name + " must hold objects");
      }
      objects.add(entry);
    }
    return objects;
  }
}
