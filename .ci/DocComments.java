import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the paragraphs of documentation comments (`///`) to the width of a line. The formatter
/// breaks a line that is too long and leaves what it cut off as a line of one to three words.
/// Anything but a paragraph stays as it is: fences, indented code, lists, tables, headings, HTML.
final class DocComments {
  private static final int WIDTH = 100;

  /// Whatever may hold `///` without being such a comment, and comments.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\""
              + "|\"(?:[^\"\\\\\n]++|\\\\.)*+\""
              + "|'(?:[^'\\\\\n]++|\\\\.)++'"
              + "|/\\*(?s:.*?)\\*/"
              + "|//[^\n]*+",
          Pattern.DOTALL);

  private static final Pattern FENCE = Pattern.compile("(?:```|~~~).*");
  private static final String BLOCK_TAG =
      "</?(?:p|ul|ol|li|pre|table|tr|td|th|div|h[1-6]|hr|blockquote|dl|dt|dd)\\b.*";
  private static final Pattern NO_PARAGRAPH =
      Pattern.compile(
          "\\s.*|[-+*](?: .*)?|\\d{1,9}[.)](?: .*)?|#{1,6}(?: .*)?|>.*|\\|.*|\\[[^]]+]:.*|"
              + BLOCK_TAG);

  /// What makes a heading or a table of the lines above it.
  private static final Pattern RULER = Pattern.compile("[-=:| ]*(?:--|==)[-=:| ]*");

  /// A word that would begin something else than a line of a paragraph.
  private static final Pattern NEVER_FIRST =
      Pattern.compile(
          "[-+*]|\\d{1,9}[.)]|#{1,6}|>.*|\\|.*|@.*|[-=:|]+|```.*|~~~.*|\\[[^]]+]:.*|" + BLOCK_TAG);

  private final String margin;
  private final List<String> filled = new ArrayList<>();
  private final List<String> paragraph = new ArrayList<>();

  private DocComments(String indent) {
    this.margin = indent + "///";
  }

  /// The source with every paragraph filled.
  static String fill(String source) {
    List<String> lines = List.of(source.split("\n", -1));
    boolean[] comment = new boolean[lines.size()];
    mark(source, comment);
    List<String> filled = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      int end = at;
      String indent = indent(lines.get(at));
      while (end < lines.size() && comment[end] && indent(lines.get(end)).equals(indent)) {
        end++;
      }
      if (end == at) {
        filled.add(lines.get(at++));
      } else {
        filled.addAll(new DocComments(indent).of(lines.subList(at, end)));
        at = end;
      }
    }
    return String.join("\n", filled);
  }

  /// Says which lines are comments of this kind and nothing else.
  private static void mark(String source, boolean[] comment) {
    Matcher token = TOKEN.matcher(source);
    int line = 0;
    int from = 0;
    while (token.find()) {
      String between = source.substring(from, token.start());
      line += Math.toIntExact(between.chars().filter(c -> c == '\n').count());
      String before = between.substring(between.lastIndexOf('\n') + 1);
      boolean first = between.contains("\n") || from == 0;
      comment[line] = first && before.isBlank() && token.group().matches("///(?!/).*");
      line += Math.toIntExact(token.group().chars().filter(c -> c == '\n').count());
      from = token.end();
    }
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private List<String> of(List<String> lines) {
    boolean fenced = false;
    boolean asItIs = false;
    for (String line : lines) {
      String text = line.strip().substring("///".length());
      text = text.startsWith(" ") ? text.substring(1) : text;
      boolean fence = FENCE.matcher(text).matches();
      if (RULER.matcher(text).matches() && !paragraph.isEmpty()) {
        paragraph.forEach(this::keep);
        paragraph.clear();
        asItIs = true;
      }
      asItIs = !text.isBlank() && (asItIs || starts(text));
      if (fenced || fence || asItIs || text.isBlank()) {
        endParagraph();
        keep(text);
      } else {
        if (text.startsWith("@")) {
          endParagraph();
        }
        paragraph.add(text);
        if (text.endsWith("\\")) {
          endParagraph();
        }
      }
      fenced ^= fence;
    }
    endParagraph();
    return filled;
  }

  /// Whether something other than a paragraph starts here. Indented text continues a paragraph.
  private boolean starts(String text) {
    return NO_PARAGRAPH.matcher(text).matches()
        && (paragraph.isEmpty() || !Character.isWhitespace(text.charAt(0)));
  }

  private void keep(String text) {
    filled.add(text.isEmpty() ? margin : margin + " " + text);
  }

  private void endParagraph() {
    StringBuilder line = new StringBuilder();
    for (String word : words()) {
      if (!line.isEmpty() && margin.length() + 1 + line.length() + 1 + word.length() > WIDTH) {
        keep(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      keep(line.toString());
    }
    paragraph.clear();
  }

  /// The words of the paragraph, each together with those that must not begin a line.
  private List<String> words() {
    List<String> words = new ArrayList<>();
    for (String line : paragraph) {
      for (String word : line.strip().split("\\s+")) {
        if (!words.isEmpty() && NEVER_FIRST.matcher(word).matches()) {
          words.add(words.removeLast() + " " + word);
        } else {
          words.add(word);
        }
      }
    }
    return words;
  }
}
