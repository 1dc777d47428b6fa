package io.github.eksidentity.core.redact;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces names in the text of a policy and leaves its lines and its faults as they are. Whether
/// it is a policy at all does not matter.
final class PolicyText {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?<string>(?:[^\"\\\\]|\\\\.)*+)\"(?<colon>(?=\\s*:))?"
              + "|(?<bracket>[{}\\[\\]])"
              + "|(?<bare>(?<![\\p{L}\\p{Nd}])(?:\\p{L}[\\p{L}\\p{Nd}]*|\\p{Nd}{9,}))",
          Pattern.DOTALL);
  private static final Set<String> ACTIONS = Set.of("Action", "NotAction");
  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]*");
  private static final Pattern ACCOUNT = Pattern.compile(".*\\d{9}.*");
  private static final Pattern SERVICE =
      Pattern.compile("[A-Za-z0-9.-]*(?:amazon|aws)[A-Za-z0-9.-]*");
  private static final Pattern SERVICE_KEY =
      Pattern.compile("[a-z][a-z0-9-]*:(?!(?i:sub|aud|amr)\\b)[A-Za-z]+(?=/|$)");

  private final RedactedText texts;

  /// The member whose value is being read, innermost first.
  private final Deque<String> members = new ArrayDeque<>();

  private PolicyText(RedactedText texts) {
    this.texts = texts;
  }

  static String redacted(String document, RedactedText texts) {
    return new PolicyText(texts).redacted(document);
  }

  /// The name of a member; what AWS calls a key of a condition stays, as `s3:prefix`.
  static String conditionKey(String name, RedactedText texts) {
    Matcher key = SERVICE_KEY.matcher(name);
    return key.lookingAt() ? key.group() + texts.name(name.substring(key.end())) : texts.name(name);
  }

  private String redacted(String document) {
    return TOKEN.matcher(document).replaceAll(token -> Matcher.quoteReplacement(token(token)));
  }

  private String token(MatchResult token) {
    if (token.group("string") != null) {
      String text = JsonEscapes.decoded(token.group("string"));
      String replaced = token.group("colon") == null ? value(text) : member(text);
      return '"'
          + (replaced.equals(text) ? token.group("string") : JsonEscapes.encoded(replaced))
          + '"';
    }
    if (token.group("bracket") != null) {
      nest(token.group());
      return token.group();
    }
    return texts.name(token.group());
  }

  private void nest(String bracket) {
    switch (bracket) {
      case "{" -> members.push("");
      case "}" -> members.poll();
      // The items of a list are values of the member before it.
      default -> {}
    }
  }

  private String member(String name) {
    members.poll();
    members.push(name);
    return conditionKey(name, texts);
  }

  private String value(String text) {
    String member = members.isEmpty() ? "" : members.peek();
    boolean action = ACTIONS.contains(member) && ACTION.matcher(text).matches();
    boolean service = member.equals("Service") && SERVICE.matcher(text).matches();
    return (action || service) && !ACCOUNT.matcher(text).matches() ? text : texts.name(text);
  }
}
