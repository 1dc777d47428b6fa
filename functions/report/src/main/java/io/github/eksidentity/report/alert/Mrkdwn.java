package io.github.eksidentity.report.alert;

import io.github.eksidentity.report.page.Cut;
import io.github.eksidentity.report.page.Plain;

/// Text from outside made fit for Slack: it can neither mention, link nor format.
///
/// Documented at <https://docs.slack.dev/messaging/formatting-message-text>.
public final class Mrkdwn {
  private static final String MARKS = "*_~`";
  private static final String CUT = "…";

  private Mrkdwn() {}

  /// The text as it is, escaped, for where Slack reads no formatting.
  ///
  /// @param most characters of the result
  public static String plain(String text, int most) {
    return cut(shown(text, most), most);
  }

  /// A name in a code span: `*` and `_` are part of names in IAM and would vanish otherwise.
  ///
  /// @param most characters of the result
  public static String code(String name, int most) {
    return "`" + cut(shown(name, most).replace('`', '\''), most - 2) + "`";
  }

  /// A sentence, in a code span where it holds a character that would format it.
  ///
  /// @param most characters of the result
  public static String prose(String sentence, int most) {
    return sentence.chars().anyMatch(c -> MARKS.indexOf(c) >= 0)
        ? code(sentence, most)
        : plain(sentence, most);
  }

  /// A line of a preformatted block.
  public static String preformatted(String line, int most) {
    return cut(shown(line, most).replace('`', '\''), most);
  }

  /// No more of the text than could be shown, so that a huge one costs nothing.
  private static String shown(String text, int most) {
    return Plain.of(Cut.to(most, text));
  }

  /// Escapes, and cuts between characters where the result would be too long.
  private static String cut(String text, int most) {
    String whole = escape(text);
    if (whole.length() <= most) {
      return whole;
    }
    StringBuilder short_ = new StringBuilder();
    int[] points = text.codePoints().toArray();
    for (int point : points) {
      String next = escape(Character.toString(point));
      if (short_.length() + next.length() + CUT.length() > most) {
        break;
      }
      short_.append(next);
    }
    return short_.append(CUT).toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
