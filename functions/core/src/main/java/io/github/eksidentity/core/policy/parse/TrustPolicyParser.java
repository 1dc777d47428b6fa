package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a role trust policy and says everything for which IAM would refuse it, and of a document
/// that IAM stores, why no pod could use it. Never throws on any text.
///
/// Only what the documentation or IAM's own error messages settle is called refused.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>
/// and
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.
public final class TrustPolicyParser {
  /// Characters of a trust policy, white space not counted, that a new account allows.
  ///
  /// Documented at <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.
  public static final int DEFAULT_SIZE_LIMIT = 2048;

  /// The highest value to which that quota can be raised.
  public static final int MAXIMUM_SIZE_LIMIT = 4096;

  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
  private static final String DEFAULT_VERSION = "2008-10-17";
  private static final char LAST_ACCEPTED_CHARACTER = 'ÿ';

  private final Problems problems = new Problems();

  private TrustPolicyParser() {}

  /// Parses a document of a role that exists, whose account may have raised the size quota.
  public static ParsedPolicy parse(String source) {
    return parse(source, MAXIMUM_SIZE_LIMIT);
  }

  /// Parses a document.
  ///
  /// @param source the text, decoded from the URL encoding in which IAM returns it
  /// @param sizeLimit characters that the account allows, white space not counted
  public static ParsedPolicy parse(String source, int sizeLimit) {
    return switch (JsonReader.read(source, JsonLimits.DOCUMENT)) {
      case JsonResult.Read(Json value) ->
          new TrustPolicyParser().document(source, value, sizeLimit);
      case JsonResult.Unreadable(Position at, String message) ->
          ParsedPolicy.unreadable(
              at,
              unreadable(source, message),
              "MalformedPolicyDocument: This policy contains invalid Json");
    };
  }

  /// Characters of a document that count against the size quota.
  public static int size(String source) {
    return (int) source.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  private static String unreadable(String source, String message) {
    if (source.isBlank()) {
      return "The document is empty";
    }
    if (source.startsWith("%7B") || source.startsWith("%7b")) {
      return "The document is still URL-encoded, as IAM returns it; decode it first";
    }
    if (source.startsWith("\uFEFF")) {
      return "The document begins with a byte order mark; save it without one";
    }
    return "Not JSON: " + message;
  }

  private ParsedPolicy document(String source, Json value, int sizeLimit) {
    checkSize(source, sizeLimit);
    checkCharacters(source);
    Optional<TrustPolicy> policy = Optional.empty();
    if (value instanceof Json.Obj document) {
      policy = policy(source, document);
    } else if (value instanceof Json.Str) {
      problems.syntax(
          value.at(),
          "The document is a string; a policy that was encoded twice has to be decoded once more");
    } else {
      problems.syntax(value.at(), "A policy is an object, not " + value.kind());
    }
    List<Problem> found = new ArrayList<>(problems.list());
    policy.filter(_ -> found.isEmpty()).map(DocumentChecks::of).ifPresent(found::addAll);
    return new ParsedPolicy(policy, found);
  }

  private void checkSize(String source, int limit) {
    int size = size(source);
    if (size > limit) {
      problems.refuse(
          Position.START,
          "The document has "
              + size
              + " characters without white space; the account allows "
              + limit,
          "LimitExceeded: Cannot exceed quota for ACLSizePerRole: " + limit);
    }
  }

  /// IAM takes the characters up to U+00FF only; others can be written as JSON escapes.
  ///
  /// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>.
  private void checkCharacters(String source) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c > LAST_ACCEPTED_CHARACTER) {
        problems.refuse(
            new Position(line, column),
            String.format("The character U+%04X; IAM takes none above U+00FF", (int) c),
            "ValidationError: The specified value for assumeRolePolicyDocument is invalid.");
        return;
      }
      line = c == '\n' ? line + 1 : line;
      column = c == '\n' ? 1 : column + 1;
    }
  }

  private Optional<TrustPolicy> policy(String source, Json.Obj document) {
    problems.refuseDuplicates(document, "the policy");
    for (Json.Member member : document.members()) {
      if (!ELEMENTS.contains(member.name())) {
        problems.syntax(
            member.at(),
            "A policy has no element "
                + Problems.quote(member.name())
                + "; names are case-sensitive");
      }
    }
    document.get("Id").ifPresent(this::checkId);
    Optional<String> version =
        document.get("Version").map(this::version).orElse(Optional.of(DEFAULT_VERSION));
    Optional<List<Statement>> statements = statements(document);
    if (version.isEmpty() || statements.isEmpty() || problems.ambiguous()) {
      return Optional.empty();
    }
    return Optional.of(new TrustPolicy(source, version.get(), statements.get()));
  }

  private void checkId(Json id) {
    if (!(id instanceof Json.Str)) {
      problems.syntax(id.at(), "Id is a string, not " + id.kind());
    }
  }

  private Optional<String> version(Json value) {
    if (value instanceof Json.Str(_, String version) && VERSIONS.contains(version)) {
      return Optional.of(version);
    }
    problems.syntax(value.at(), "Version is \"2012-10-17\" or \"2008-10-17\"");
    return Optional.empty();
  }

  private Optional<List<Statement>> statements(Json.Obj document) {
    Optional<Json> element = document.get("Statement");
    if (element.isEmpty()) {
      problems.syntax(document.at(), "The policy has no Statement");
      return Optional.empty();
    }
    List<Json> items =
        switch (element.get()) {
          case Json.Arr list -> list.items();
          case Json single -> List.of(single);
        };
    if (items.isEmpty()) {
      problems.syntax(element.get().at(), "Statement is an empty list; a policy has at least one");
      return Optional.empty();
    }
    List<Statement> statements = new ArrayList<>();
    for (Json item : items) {
      new StatementParser(problems, statements.size()).parse(item).ifPresent(statements::add);
    }
    checkUniqueSids(items);
    return statements.size() == items.size() ? Optional.of(statements) : Optional.empty();
  }

  private void checkUniqueSids(List<Json> items) {
    Map<String, Position> seen = new HashMap<>();
    for (Json item : items) {
      if (item instanceof Json.Obj statement
          && statement.get("Sid").orElse(null) instanceof Json.Str(Position at, String sid)
          && !sid.isEmpty()) {
        Position first = seen.putIfAbsent(sid, at);
        if (first != null) {
          problems.refuse(
              at,
              "The Sid "
                  + Problems.quote(sid)
                  + " stands in "
                  + first
                  + " already; a Sid is unique in its policy",
              "MalformedPolicyDocument: Duplicate statement IDs (SID) in a single policy.");
        }
      }
    }
  }
}
