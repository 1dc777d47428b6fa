package io.github.eksidentity.core.settings;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads [Settings] from a tree and says everything that is wrong with it, each problem with its
/// place.
public final class SettingsReader {
  private static final int MOST_DAYS = 400;
  private static final int MOST_HOURS = MOST_DAYS * 24;

  /// CloudTrail's LookupEvents goes back 90 days.
  private static final int MOST_TRAIL_HOURS = 90 * 24;

  private static final Pattern SERVICE_ACCOUNT =
      Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}/[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}");
  private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9]+");
  private static final int MANY = 1_000_000;
  private static final List<String> KEYS =
      List.of(
          "knownIssuers",
          "rules",
          "unusedDays",
          "idleHours",
          "trailHours",
          "requiredActions",
          "probe",
          "sharedNamespaces",
          "sharedClusters",
          "nearLimitPercent",
          "trustPolicyLimit",
          "providerLimit",
          "suspectPercent",
          "suspectCount");
  private static final List<String> RULE_KEYS = List.of("enabled", "severity");

  private final Set<String> ruleIds;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> knownIssuers = new TreeSet<>();
  private final Set<String> disabled = new TreeSet<>();
  private final Map<String, Severity> severities = new TreeMap<>();
  private final Map<String, Integer> numbers = new TreeMap<>();
  private final Map<String, Set<String>> requiredActions = new TreeMap<>();
  private final Set<String> probe = new TreeSet<>();

  private SettingsReader(Set<String> ruleIds) {
    this.ruleIds = ruleIds;
  }

  /// What was read.
  public sealed interface Result {
    /// Settings without a fault.
    record Read(Settings settings) implements Result {}

    /// At least one fault, in the order of their places.
    record Refused(List<Problem> problems) implements Result {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /// One fault.
  ///
  /// @param message what stands there and what was expected, in one sentence
  public record Problem(Position at, String message) {}

  /// Reads settings. What is not set keeps its default.
  ///
  /// @param ruleIds every rule there is
  public static Result read(Json json, Set<String> ruleIds) {
    SettingsReader reader = new SettingsReader(ruleIds);
    reader.root(json);
    if (!reader.problems.isEmpty()) {
      reader.problems.sort(Comparator.comparing(Problem::at));
      return new Result.Refused(reader.problems);
    }
    return new Result.Read(reader.settings());
  }

  private Settings settings() {
    Settings defaults = Settings.DEFAULTS;
    return new Settings(
        knownIssuers,
        disabled,
        severities,
        numbers.getOrDefault("unusedDays", defaults.unusedDays()),
        numbers.getOrDefault("idleHours", defaults.idleHours()),
        numbers.getOrDefault("trailHours", defaults.trailHours()),
        requiredActions,
        probe,
        numbers.getOrDefault("sharedNamespaces", defaults.sharedNamespaces()),
        numbers.getOrDefault("sharedClusters", defaults.sharedClusters()),
        numbers.getOrDefault("nearLimitPercent", defaults.nearLimitPercent()),
        optional("trustPolicyLimit"),
        optional("providerLimit"),
        numbers.getOrDefault("suspectPercent", defaults.suspectPercent()),
        numbers.getOrDefault("suspectCount", defaults.suspectCount()));
  }

  private OptionalInt optional(String key) {
    Integer value = numbers.get(key);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private void root(Json json) {
    if (json instanceof Json.Null) {
      return;
    }
    for (Json.Member member : members(json, "the settings", KEYS)) {
      switch (member.name()) {
        case "knownIssuers" -> issuers(member.value());
        case "rules" -> rules(member.value());
        case "unusedDays" -> number(member, 1, MOST_DAYS);
        case "idleHours" -> number(member, 1, MOST_HOURS);
        case "trailHours" -> number(member, 1, MOST_TRAIL_HOURS);
        case "requiredActions" -> requiredActions(member.value());
        case "probe" -> probe(member.value());
        case "nearLimitPercent" -> number(member, 1, 100);
        case "suspectPercent" -> number(member, 0, 100);
        case "suspectCount" -> number(member, 0, MANY);
        case "sharedNamespaces", "sharedClusters" -> number(member, 2, MANY);
        default -> number(member, 1, MANY);
      }
    }
  }

  private void issuers(Json json) {
    if (!(json instanceof Json.Arr(_, List<Json> items))) {
      problem(json.at(), "knownIssuers must be a list of issuers, not " + json.kind());
      return;
    }
    for (Json item : items) {
      if (!(item instanceof Json.Str(_, String issuer))) {
        problem(item.at(), "an issuer must be a string, not " + item.kind());
      } else if (issuer.isBlank()) {
        problem(item.at(), "an issuer must not be empty");
      } else {
        knownIssuers.add(EksIssuer.bare(issuer));
      }
    }
  }

  private void rules(Json json) {
    for (Json.Member rule : members(json, "rules", List.copyOf(new TreeSet<>(ruleIds)))) {
      for (Json.Member setting : members(rule.value(), rule.name(), RULE_KEYS)) {
        if (setting.name().equals("enabled")) {
          enabled(rule.name(), setting.value());
        } else {
          severity(rule.name(), setting.value());
        }
      }
    }
  }

  /// Roles are not known here, so every name is one.
  private void requiredActions(Json json) {
    if (!(json instanceof Json.Obj(_, List<Json.Member> members))) {
      problem(
          json.at(), "requiredActions must be a mapping of roles to actions, not " + shown(json));
      return;
    }
    for (Json.Member role : members) {
      if (role.name().isBlank()) {
        problem(role.at(), "a role must not be empty");
      } else if (requiredActions.containsKey(role.name())) {
        problem(role.at(), quoted(role.name()) + " stands twice in requiredActions");
      } else {
        requiredActions.put(role.name(), actions(role));
      }
    }
  }

  private Set<String> actions(Json.Member role) {
    if (!(role.value() instanceof Json.Arr(_, List<Json> items))) {
      problem(
          role.value().at(),
          "the actions of " + quoted(role.name()) + " must be a list, not " + shown(role.value()));
      return Set.of();
    }
    Set<String> actions = new TreeSet<>();
    for (Json item : items) {
      if (item instanceof Json.Str(_, String action) && ACTION.matcher(action).matches()) {
        actions.add(action);
      } else {
        problem(
            item.at(), "an action must be as s3:GetObject, without wildcards, not " + shown(item));
      }
    }
    return actions;
  }

  private void probe(Json json) {
    if (!(json instanceof Json.Arr(_, List<Json> items))) {
      problem(json.at(), "probe must be a list of service accounts, not " + shown(json));
      return;
    }
    for (Json item : items) {
      if (item instanceof Json.Str(_, String name) && SERVICE_ACCOUNT.matcher(name).matches()) {
        probe.add(name);
      } else {
        problem(
            item.at(),
            "a service account to probe must be as prod/payments/ledger, without wildcards, not "
                + shown(item));
      }
    }
  }

  private void enabled(String rule, Json json) {
    if (!(json instanceof Json.Bool(_, boolean enabled))) {
      problem(json.at(), "enabled must be true or false, not " + shown(json));
    } else if (!enabled) {
      disabled.add(rule);
    }
  }

  private void severity(String rule, Json json) {
    Optional<Severity> severity =
        json instanceof Json.Str(_, String text) ? Severity.of(text) : Optional.empty();
    severity.ifPresentOrElse(
        value -> severities.put(rule, value),
        () ->
            problem(
                json.at(),
                "severity must be critical, high, medium, low or info, not " + shown(json)));
  }

  private void number(Json.Member member, int least, int most) {
    wholeNumber(member.value())
        .filter(value -> value >= least && value <= most)
        .ifPresentOrElse(
            value -> numbers.put(member.name(), value),
            () ->
                problem(
                    member.value().at(),
                    "%s must be a whole number from %d to %d, not %s"
                        .formatted(member.name(), least, most, shown(member.value()))));
  }

  private static Optional<Integer> wholeNumber(Json json) {
    if (!(json instanceof Json.Num(_, String text))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// The members of an object that have a known name, each once.
  private List<Json.Member> members(Json json, String what, List<String> known) {
    if (!(json instanceof Json.Obj(_, List<Json.Member> members))) {
      problem(json.at(), what + " must be a mapping, not " + shown(json));
      return List.of();
    }
    List<Json.Member> good = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Json.Member member : members) {
      if (!known.contains(member.name())) {
        problem(member.at(), unknown(member.name(), what, known));
      } else if (!seen.add(member.name())) {
        problem(member.at(), member.name() + " stands twice in " + what);
      } else {
        good.add(member);
      }
    }
    return good;
  }

  private static String unknown(String name, String what, List<String> known) {
    String kind =
        what.equals("rules")
            ? "there is no rule "
            : what + (what.endsWith("settings") ? " have" : " has") + " no key ";
    return Nearest.within(Nearest.WORTH_ASKING, name, known)
        .map(nearest -> kind + quoted(name) + "; did you mean " + nearest + "?")
        .orElseGet(
            () ->
                kind
                    + quoted(name)
                    + (known.size() > KEYS.size()
                        ? ""
                        : "; known are " + String.join(", ", known)));
  }

  private static String shown(Json json) {
    return switch (json) {
      case Json.Str(_, String value) -> quoted(value);
      case Json.Num(_, String number) -> number;
      case Json.Bool(_, boolean value) -> Boolean.toString(value);
      case Json.Obj _, Json.Arr _, Json.Null _ -> json.kind();
    };
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private void problem(Position at, String message) {
    problems.add(new Problem(at, message));
  }
}
