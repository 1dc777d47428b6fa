package io.github.eksidentity.cli.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What a call misses of what a check expects.
final class CaseFaults {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Pattern TRACE =
      Pattern.compile(
          "^\\s+at [\\w.$/<>]+\\([\\w$]+\\.java:\\d+\\)|Exception in thread"
              + "|java\\.lang\\.\\w+(Error|Exception)",
          Pattern.MULTILINE);
  private static final Set<PosixFilePermission> FOR_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final CaseCall call;
  private final JsonNode check;
  private final Path work;
  private final List<String> faults = new ArrayList<>();

  private CaseFaults(CaseCall call, JsonNode check, Path work) {
    this.call = call;
    this.check = check;
    this.work = work;
  }

  /// One sentence for each expectation that was not met.
  static List<String> of(CaseCall call, JsonNode check, Path work)
      throws IOException, InterruptedException {
    CaseFaults found = new CaseFaults(call, check, work);
    found.judge();
    return found.faults;
  }

  private void judge() throws IOException, InterruptedException {
    int limit = CaseCall.limit(check);
    if (call.stopped() || call.seconds() > limit) {
      fault("at most %d s of the processor", limit, call.seconds() + " s, exit " + call.exit());
      return;
    }
    if (check.has("megabytes") && call.megabytes() > check.get("megabytes").asInt()) {
      fault("at most %s MB", check.get("megabytes"), call.megabytes() + " MB");
    }
    Matcher trace = TRACE.matcher(call.err() + call.out());
    if (trace.find()) {
      fault("no %s", "stack trace", trace.group());
    }
    if (check.has("exit")
        && values(check.get("exit")).stream().noneMatch(code -> code.asInt() == call.exit())) {
      fault("exit %s", check.get("exit"), call.exit() + ", " + start(call.err() + call.out()));
    }
    if (check.has("findings")) {
      findings(check.get("findings"));
    }
    if (check.has("explain")) {
      explained(check.get("explain"));
    }
    for (Map.Entry<String, JsonNode> list : check.path("items").properties()) {
      String items =
          values(call.json().path(list.getKey())).stream()
              .map(CaseFaults::compact)
              .collect(Collectors.joining("\n"));
      texts(list.getKey(), items, list.getValue());
    }
    answers(check.path("answers"));
    ways(check.path("diff"));
    texts("stdout", call.out(), check.path("stdout"));
    texts("stderr", call.err(), check.path("stderr"));
    for (Map.Entry<String, JsonNode> file : check.path("files").properties()) {
      files(file.getKey(), file.getValue());
    }
    if (check.has("shell")) {
      shell(check.get("shell"));
    }
  }

  private void fault(String expected, Object what, Object came) {
    faults.add("expected " + expected.formatted(what) + ", came " + came);
  }

  private static String start(String text) {
    return text.substring(0, Math.min(120, text.length())).replace("\n", "\\n");
  }

  private static List<JsonNode> values(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false).toList()
        : node.isMissingNode() ? List.of() : List.of(node);
  }

  private static boolean matches(String regex, String text, int flags) {
    return Pattern.compile(regex, flags | Pattern.UNIX_LINES).matcher(text).find();
  }

  private static String compact(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(MAPPER.treeToValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void texts(String name, String text, JsonNode wanted) {
    for (JsonNode pattern : wanted.path("must")) {
      if (!matches(pattern.asText(), text, 0)) {
        fault(name + " to match %s", pattern, start(text));
      }
    }
    for (JsonNode pattern : wanted.path("mustNot")) {
      if (matches(pattern.asText(), text, 0)) {
        fault(name + " not to match %s", pattern, "a match");
      }
    }
  }

  /// Whether a finding, or an undecided check, is of the rule and the resource, and has the
  /// severity and the text.
  private static boolean describes(JsonNode wanted, JsonNode item) {
    List<String> rules = values(wanted.path("rule")).stream().map(JsonNode::asText).toList();
    List<JsonNode> resources = values(wanted.path("resource"));
    return (rules.equals(List.of("*")) || rules.contains(item.path("rule").asText()))
        && (resources.isEmpty()
            || resources.stream()
                .map(JsonNode::asText)
                .anyMatch(one -> one.equals("*") || item.path("resource").asText().contains(one)))
        && (!wanted.has("severity")
            || !item.has("severity")
            || values(wanted.get("severity")).contains(item.get("severity")))
        && (!wanted.has("text")
            || matches(wanted.get("text").asText(), compact(item), Pattern.DOTALL));
  }

  private void findings(JsonNode wanted) {
    JsonNode document = call.json();
    if (!document.has("findings")) {
      fault(
          "%s in JSON", "findings", "exit " + call.exit() + ", " + start(call.out() + call.err()));
      return;
    }
    List<JsonNode> found = values(document.path("findings"));
    List<JsonNode> undecided = values(document.path("undecided"));
    for (JsonNode one : wanted.path("must")) {
      boolean there =
          found.stream().anyMatch(finding -> describes(one, finding))
              || (one.path("orUndecided").asBoolean()
                  && undecided.stream().anyMatch(entry -> describes(one, entry)));
      if (!there) {
        fault("finding %s", compact(one), names(found));
      }
    }
    for (JsonNode one : wanted.path("mustNot")) {
      List<JsonNode> match = found.stream().filter(finding -> describes(one, finding)).toList();
      if (!match.isEmpty()) {
        fault("no finding %s", compact(one), names(match));
      }
    }
    for (JsonNode one : wanted.path("undecided")) {
      if (undecided.stream().noneMatch(entry -> describes(one, entry))) {
        fault("undecided %s", compact(one), names(undecided));
      }
    }
  }

  private static String names(List<JsonNode> items) {
    return items.stream()
        .limit(20)
        .map(item -> item.path("rule").asText() + " " + item.path("resource").asText())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void explained(JsonNode wanted) {
    JsonNode document = call.json();
    JsonNode rule = document.path("cause").path("rule");
    if (!values(wanted.get("verdict")).contains(document.path("verdict"))) {
      fault("verdict %s", wanted.get("verdict"), document.path("verdict") + ", cause " + rule);
    } else if (wanted.has("causeRule")) {
      JsonNode causes = wanted.get("causeRule");
      boolean right =
          causes.isNull()
              ? rule.isMissingNode()
              : values(causes).stream()
                  .anyMatch(one -> one.isNull() ? rule.isMissingNode() : one.equals(rule));
      if (!right) {
        fault("cause %s", causes, rule);
      }
    }
  }

  /// Answers of policy check --documents and policy evaluate --cases, one a line, by their ids.
  private void answers(JsonNode wanted) {
    for (Map.Entry<String, JsonNode> one : wanted.properties()) {
      JsonNode answer =
          call.out()
              .lines()
              .map(CaseFaults::line)
              .filter(line -> line.path("id").asText().equals(one.getKey()))
              .reduce((_, last) -> last)
              .orElse(MissingNode.getInstance());
      JsonNode decisions = one.getValue().path("decision");
      if (!decisions.isMissingNode() && !values(decisions).contains(answer.path("decision"))) {
        fault(one.getKey() + ": %s", decisions, answer);
      }
      if (one.getValue().has("problems")) {
        String text = one.getValue().path("text").asText();
        boolean any =
            values(answer.path("problems")).stream()
                .anyMatch(problem -> matches(text, compact(problem), 0));
        if (any != one.getValue().get("problems").asBoolean()) {
          fault(one.getKey() + ": " + (any ? "no problem %s" : "a problem %s"), text, answer);
        }
      }
    }
  }

  private static JsonNode line(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  /// Callers that policy diff must, or must not, count among those who gain or lose.
  private void ways(JsonNode wanted) {
    for (Map.Entry<String, JsonNode> side : wanted.properties()) {
      List<JsonNode> regions =
          values(call.json().path("ways")).stream()
              .flatMap(way -> values(way.path(side.getKey())).stream())
              .toList();
      for (JsonNode caller : side.getValue().path("must")) {
        if (regions.stream().noneMatch(region -> covers(region, caller))) {
          fault(side.getKey() + ": %s", caller, regions.size() + " regions without it");
        }
      }
      for (JsonNode caller : side.getValue().path("mustNot")) {
        if (regions.stream().anyMatch(region -> covers(region, caller))) {
          fault("not " + side.getKey() + ": %s", caller, "a region that covers it");
        }
      }
    }
  }

  private static boolean covers(JsonNode region, JsonNode caller) {
    return region.path("claims").properties().stream()
        .allMatch(
            claim -> {
              String value = caller.path(claim.getKey()).asText();
              return values(claim.getValue().path("all")).stream()
                      .allMatch(pattern -> fits(pattern.asText(), value))
                  && values(claim.getValue().path("none")).stream()
                      .noneMatch(pattern -> fits(pattern.asText(), value));
            });
  }

  /// A pattern as a shell has it: `[Pp]` is one of these letters, `[*]` a star.
  private static final Pattern PART = Pattern.compile("\\[!?.[^\\]]*\\]|.", Pattern.DOTALL);

  private static boolean fits(String glob, String value) {
    String regex =
        PART.matcher(glob)
            .results()
            .map(MatchResult::group)
            .map(
                part ->
                    switch (part) {
                      case "*" -> ".*";
                      case "?" -> ".";
                      default -> part.length() == 1 ? Pattern.quote(part) : oneOf(part);
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
  }

  private static String oneOf(String brackets) {
    String letters = brackets.substring(1, brackets.length() - 1);
    boolean not = letters.startsWith("!");
    String each = (not ? letters.substring(1) : letters).replaceAll("[\\[\\]\\\\^&]", "\\\\$0");
    return "[" + (not ? "^" : "") + each + "]";
  }

  private void files(String pattern, JsonNode wanted) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    // Two stars stand for no folder too.
    PathMatcher without =
        FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", ""));
    List<Path> paths;
    try (var all = Files.walk(work)) {
      paths =
          all.filter(path -> !Files.isDirectory(path))
              .filter(
                  path ->
                      matcher.matches(work.relativize(path))
                          || without.matches(work.relativize(path)))
              .toList();
    }
    if (wanted.has("exists") && !wanted.get("exists").asBoolean()) {
      if (!paths.isEmpty()) {
        fault("no file %s", pattern, "it is there");
      }
      return;
    }
    if (paths.isEmpty()) {
      fault("file %s", pattern, "none");
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Path path : paths) {
      if (wanted.has("private")
          && Files.getPosixFilePermissions(path).stream().anyMatch(FOR_OTHERS::contains)) {
        fault("%s for its owner only", path, Files.getPosixFilePermissions(path));
      }
      if (wanted.has("link") && Files.isSymbolicLink(path) != wanted.get("link").asBoolean()) {
        fault("%s as a link or none", path, "otherwise");
      }
      text.append(new String(Files.readAllBytes(path), StandardCharsets.UTF_8)).append('\n');
    }
    texts(pattern, text.toString(), wanted);
  }

  /// The commands that fixes print, by a shell that finds stubs only: what they would start, with
  /// which words.
  private void shell(JsonNode wanted) throws IOException, InterruptedException {
    Path stubs = Files.createDirectories(work.resolve(".stubs"));
    Path log = work.resolve(".stubs.log");
    Files.writeString(log, "");
    List<String> names = new ArrayList<>(List.of("aws", "kubectl"));
    values(wanted.path("foreign")).forEach(name -> names.add(name.asText()));
    for (String name : names) {
      Path stub = stubs.resolve(name);
      Files.writeString(
          stub,
          "#!/bin/sh\nprintf '%%s' %s >> '%s'\nprintf '<%%s>' \"$@\" >> '%s'\necho >> '%s'\n"
              .formatted(name, log, log, log));
      Files.setPosixFilePermissions(stub, EnumSet.allOf(PosixFilePermission.class));
    }
    for (JsonNode finding : call.json().path("findings")) {
      for (JsonNode change : finding.path("remediation").path("changes")) {
        String command = change.path("awsCli").asText("");
        if (command.contains(wanted.get("command").asText())) {
          run("/bin/dash", command, stubs);
          run("/bin/bash", command, stubs);
        }
      }
    }
    texts("commands", Files.readString(log), wanted);
  }

  private void run(String shell, String command, Path stubs)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(shell))) {
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(shell, "-c", command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().put("PATH", stubs.toString());
    builder.start().waitFor();
  }
}
