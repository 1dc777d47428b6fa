package io.github.eksidentity.core.policy.parse;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with a document while it is read.
public final class Problems {
  static final String SYNTAX = "MalformedPolicyDocument: Syntax errors in policy.";

  private final List<Problem> problems = new ArrayList<>();
  private boolean ambiguous;

  /// Something for which IAM refuses the document.
  void refuse(Position at, String message, String iamSays) {
    problems.add(
        new Problem(
            Problem.Fault.INVALID, Problem.Consequence.REJECTED_BY_IAM, at, message, iamSays));
  }

  void syntax(Position at, String message) {
    refuse(at, message, SYNTAX);
  }

  /// Names that stand twice in one object. JSON parsers commonly keep the last one, so the document
  /// means something else to each reader; IAM refuses it.
  void refuseDuplicates(Json.Obj object, String what) {
    Set<String> seen = new HashSet<>();
    for (Json.Member member : object.members()) {
      if (!seen.add(member.name())) {
        ambiguous = true;
        syntax(member.at(), quote(member.name()) + " stands twice in " + what);
      }
    }
  }

  /// Whether a name stands twice somewhere, so that what the document means depends on its reader.
  boolean ambiguous() {
    return ambiguous;
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }

  /// A name in a message: shortened, so that no document can make a message as long as itself.
  public static String quote(String text) {
    int longest = 200;
    int end = Math.min(longest, text.length());
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return '"' + text.substring(0, end) + (end < text.length() ? "…" : "") + '"';
  }
}
