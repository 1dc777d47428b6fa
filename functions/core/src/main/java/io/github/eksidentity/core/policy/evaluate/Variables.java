package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for these characters
/// themselves.
///
/// @see <a
/// href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">IAM:
/// policy
///     variables</a>
public final class Variables {
  private static final String OPENING = "${";
  private static final Pattern REFERENCE =
      Pattern.compile("\\s*([^\\s,'{}$]+)\\s*(?:,\\s*'([^']*)'\\s*)?");

  private Variables() {}

  /// A value of a policy after its variables are resolved.
  public sealed interface Resolved {
    /// The text or pattern to compare with.
    record Value(Glob glob) implements Resolved {}

    /// A variable whose key is not in the request and that has no default: the value matches
    /// nothing.
    record NoValue(String key) implements Resolved {}

    /// Not known, or not documented.
    record Unsettled(String why) implements Resolved {}
  }

  public static boolean occursIn(String text) {
    return text.contains(OPENING);
  }

  /// Resolves a value against a request.
  ///
  /// @param wildcards whether `*` and `?` outside of variables are wildcards
  public static Resolved resolve(String text, boolean wildcards, Request request) {
    List<Glob> parts = new ArrayList<>();
    int from = 0;
    while (true) {
      int open = text.indexOf(OPENING, from);
      parts.add(plain(text.substring(from, open < 0 ? text.length() : open), wildcards));
      if (open < 0) {
        return new Resolved.Value(Glob.join(parts));
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        return new Resolved.Unsettled("\"${\" without \"}\" is not documented");
      }
      switch (variable(text.substring(open + OPENING.length(), close), wildcards, request)) {
        case Resolved.Value(Glob glob) -> parts.add(glob);
        case Resolved.NoValue none -> {
          return none;
        }
        case Resolved.Unsettled unsettled -> {
          return unsettled;
        }
      }
      from = close + 1;
    }
  }

  /// The keys that the variables of a text name.
  public static List<String> keys(String text) {
    List<String> keys = new ArrayList<>();
    int open = text.indexOf(OPENING);
    while (open >= 0) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        break;
      }
      Matcher reference = REFERENCE.matcher(text.substring(open + OPENING.length(), close));
      if (reference.matches()) {
        keys.add(reference.group(1));
      }
      open = text.indexOf(OPENING, close);
    }
    return keys;
  }

  private static Glob plain(String text, boolean wildcards) {
    return wildcards ? Glob.of(text) : Glob.literal(text);
  }

  private static Resolved variable(String inside, boolean wildcards, Request request) {
    if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
      return new Resolved.Value(Glob.literal(inside));
    }
    Matcher reference = REFERENCE.matcher(inside);
    if (!reference.matches()) {
      return new Resolved.Unsettled("\"${" + inside + "}\" is not a documented form of a variable");
    }
    String key = reference.group(1);
    if (request.isUndetermined(key)) {
      return new Resolved.Unsettled("the value of the variable ${" + key + "} is not known");
    }
    Optional<List<String>> values = request.values(key).filter(list -> !list.isEmpty());
    if (values.isEmpty()) {
      return Optional.ofNullable(reference.group(2))
          .<Resolved>map(text -> new Resolved.Value(Glob.literal(text)))
          .orElseGet(() -> new Resolved.NoValue(key));
    }
    if (values.get().size() > 1) {
      return new Resolved.Unsettled("the variable ${" + key + "} has several values");
    }
    String value = values.get().getFirst();
    if (wildcards && Glob.hasWildcard(value)) {
      return new Resolved.Unsettled(
          "the value of ${" + key + "} has a wildcard, and whether it counts is not documented");
    }
    return new Resolved.Value(Glob.literal(value));
  }
}
