package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.Simulation.Decision;
import io.github.eksidentity.core.facts.Simulation.Limit;
import io.github.eksidentity.core.facts.Simulation.Question;
import io.github.eksidentity.core.json.JsonMembers;
import io.github.eksidentity.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What `aws iam simulate-principal-policy` printed. The answer does not say whose policies were
/// simulated, so the name of the file, or of the folder where a role has several, is the name of
/// the role. Files of roles that are not in the snapshot are ignored.
final class SimulationFiles {
  static final String FOLDER = "simulations/";

  private static final String RESULTS = "EvaluationResults";
  private static final String ORGANIZATION = "OrganizationsDecisionDetail";
  private static final String BY_ORGANIZATION = "AllowedByOrganizations";
  private static final String BOUNDARY = "PermissionsBoundaryDecisionDetail";
  private static final String BY_BOUNDARY = "AllowedByPermissionsBoundary";

  private SimulationFiles() {}

  /// @param coverage of the one scope; none where the snapshot has no such file
  record Read(List<Simulation> answers, Map<Scope, Coverage> coverage) {}

  static Read read(Source source, List<Role> roles) {
    Map<String, String> arns = new HashMap<>();
    for (Role role : roles) {
      arns.put(role.name(), role.arn());
      arns.put(FileNames.part(role.name()), role.arn());
    }
    List<Simulation> answers = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    boolean any = false;
    for (String file : source.files().names()) {
      Optional<String> role = roleOf(file).flatMap(name -> Optional.ofNullable(arns.get(name)));
      if (role.isPresent()) {
        any = true;
        List<List<Simulation>> found = new ArrayList<>();
        source.item(file, json -> answers(role.get(), json, reasons), found, reasons);
        found.forEach(answers::addAll);
      }
    }
    return new Read(
        List.copyOf(answers),
        any
            ? Map.of(Scope.account(Scope.Kind.SIMULATIONS), Part.of(answers, reasons).coverage())
            : Map.of());
  }

  private static Optional<String> roleOf(String file) {
    if (!file.startsWith(FOLDER) || !file.endsWith(".json")) {
      return Optional.empty();
    }
    String rest = file.substring(FOLDER.length());
    int slash = rest.indexOf('/');
    return Optional.of(
        slash < 0 ? rest.substring(0, rest.length() - ".json".length()) : rest.substring(0, slash));
  }

  private static List<Simulation> answers(String roleArn, JsonFile file, List<String> reasons) {
    JsonMembers<SnapshotException> answer = file.object();
    List<JsonMembers<SnapshotException>> results = answer.requiredObjects(RESULTS);
    if (answer.flag("IsTruncated") || answer.has("NextToken")) {
      reasons.add(file.name() + " does not hold all pages of its list");
    }
    return results.stream().map(result -> simulation(roleArn, result)).toList();
  }

  private static Simulation simulation(String roleArn, JsonMembers<SnapshotException> result) {
    String decision = result.text("EvalDecision");
    Set<Limit> limits = EnumSet.noneOf(Limit.class);
    if (refuses(result, ORGANIZATION, BY_ORGANIZATION)) {
      limits.add(Limit.ORGANIZATION);
    }
    if (refuses(result, BOUNDARY, BY_BOUNDARY)) {
      limits.add(Limit.BOUNDARY);
    }
    return new Simulation(
        new Question(
            roleArn,
            result.text("EvalActionName"),
            result.optionalText("EvalResourceName").orElse(Question.ANY)),
        Decision.of(decision)
            .orElseThrow(
                () -> result.wrong("EvalDecision", "allowed, explicitDeny or implicitDeny")),
        Set.copyOf(result.texts("MissingContextValues")),
        limits);
  }

  private static boolean refuses(
      JsonMembers<SnapshotException> result, String detail, String member) {
    return result
        .optionalObject(detail)
        .map(found -> found.has(member) && !found.flag(member))
        .orElse(false);
  }

  /// The files of these answers by name.
  ///
  /// @param roles of the account, for their names
  static Map<String, byte[]> write(List<Simulation> sorted, List<Role> roles) {
    Map<String, List<Simulation>> byRole = new TreeMap<>();
    for (Simulation answer : sorted) {
      byRole.computeIfAbsent(answer.question().roleArn(), _ -> new ArrayList<>()).add(answer);
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Role role : roles) {
      List<Simulation> answers = byRole.getOrDefault(role.arn(), List.of());
      if (!answers.isEmpty()) {
        files.put(
            FOLDER + FileNames.part(role.name()) + ".json",
            AwsCliJson.object(out -> out.objects(RESULTS, answers, SimulationFiles::result)));
      }
    }
    return files;
  }

  private static void result(JsonWriter out, Simulation answer) {
    out.text("EvalActionName", answer.question().action())
        .text("EvalResourceName", answer.question().resource())
        .text("EvalDecision", answer.decision().id())
        .texts("MissingContextValues", answer.missingContext());
    if (answer.limits().contains(Limit.ORGANIZATION)) {
      out.object(ORGANIZATION, detail -> detail.flag(BY_ORGANIZATION, false));
    }
    if (answer.limits().contains(Limit.BOUNDARY)) {
      out.object(BOUNDARY, detail -> detail.flag(BY_BOUNDARY, false));
    }
  }
}
