package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.ValuePiece;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Policy variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for these characters
/// themselves.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>.
public final class Variables {
  /// What a reader might take for a variable although the documentation has no such form.
  private static final Pattern LENIENT =
      Pattern.compile("\\s*([^\\s,'{}$]+)\\s*(?:,\\s*'([^']*)'\\s*)?");

  private Variables() {}

  /// A value of a policy after its variables are resolved.
  public sealed interface Resolved {
    /// The text or pattern to compare with.
    record Value(Glob glob) implements Resolved {}

    /// A variable whose key is not in the request and that has no default: the value matches
    /// nothing.
    record NoValue(String key) implements Resolved {}

    /// A variable in a form that is not documented. It may be plain text, have no value, or mean
    /// what it seems to mean.
    ///
    /// @param inside what stands between the braces
    /// @param readings the texts or patterns that it may come to
    record Malformed(String inside, Set<Glob> readings) implements Resolved {}

    /// Not known, or not documented.
    record Unsettled(String why) implements Resolved {}
  }

  /// Resolves a value against a request.
  ///
  /// @param wildcards whether `*` and `?` outside of variables are wildcards
  public static Resolved resolve(String text, boolean wildcards, Request request) {
    List<ValuePiece> pieces = ValuePiece.of(text);
    Optional<String> malformed =
        pieces.stream().flatMap(piece -> malformed(piece).stream()).findFirst();
    if (malformed.isEmpty()) {
      return join(pieces, wildcards, request, Reading.MEANT);
    }
    Set<Glob> readings = new LinkedHashSet<>();
    for (Reading reading : Reading.values()) {
      switch (join(pieces, wildcards, request, reading)) {
        case Resolved.Value(Glob glob) -> readings.add(glob);
        case Resolved.NoValue _, Resolved.Malformed _ -> {}
        case Resolved.Unsettled unsettled -> {
          return unsettled;
        }
      }
    }
    return new Resolved.Malformed(malformed.get(), readings);
  }

  private static Optional<String> malformed(ValuePiece piece) {
    return switch (piece) {
      case ValuePiece.Plain _ -> Optional.empty();
      case ValuePiece.Unclosed(String rest) ->
          Optional.of(rest.substring(ValuePiece.OPENING.length()));
      case ValuePiece.Variable variable ->
          variable.isWellFormed() ? Optional.empty() : Optional.of(variable.inside());
    };
  }

  /// What a malformed variable may come to.
  private enum Reading {
    MEANT,
    TEXT,
    NOTHING
  }

  private static Resolved join(
      List<ValuePiece> pieces, boolean wildcards, Request request, Reading reading) {
    List<Glob> parts = new ArrayList<>();
    for (ValuePiece piece : pieces) {
      Resolved part =
          switch (piece) {
            case ValuePiece.Plain(String text) -> plain(text, wildcards);
            case ValuePiece.Unclosed(String text) -> plain(text, wildcards);
            case ValuePiece.Variable variable when variable.isCharacter() ->
                new Resolved.Value(Glob.literal(variable.inside()));
            case ValuePiece.Variable variable when variable.isWellFormed() ->
                reference(ValuePiece.REFERENCE, variable.inside(), wildcards, request);
            case ValuePiece.Variable(String inside) ->
                switch (reading) {
                  case MEANT -> reference(LENIENT, inside, wildcards, request);
                  case TEXT -> plain(ValuePiece.OPENING + inside + "}", wildcards);
                  case NOTHING -> plain("", wildcards);
                };
          };
      if (!(part instanceof Resolved.Value(Glob glob))) {
        return part;
      }
      parts.add(glob);
    }
    return new Resolved.Value(Glob.join(parts));
  }

  /// The keys that the variables of a text name, or may name.
  public static List<String> keys(String text) {
    List<String> keys = new ArrayList<>();
    for (ValuePiece piece : ValuePiece.of(text)) {
      if (piece instanceof ValuePiece.Variable(String inside)) {
        Matcher reference = LENIENT.matcher(inside);
        if (reference.matches()) {
          keys.add(reference.group(1));
        }
      }
    }
    return keys;
  }

  private static Resolved plain(String text, boolean wildcards) {
    return new Resolved.Value(wildcards ? Glob.of(text) : Glob.literal(text));
  }

  private static Resolved reference(
      Pattern form, String inside, boolean wildcards, Request request) {
    Matcher reference = form.matcher(inside);
    if (!reference.matches()) {
      return new Resolved.NoValue(inside);
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
