import java.util.List;

/// Holds [DocComments] to what it does and what it leaves alone. `mvn verify` runs it.
final class DocCommentsTest {
  private record Example(String says, String source, String filled) {
    static Example untouched(String says, String source) {
      return new Example(says, source, source);
    }
  }

  private static final List<Example> EXAMPLES =
      List.of(
          new Example(
              "a stub goes on with the next line",
              """
              /// Who may assume a role through a trust policy that was read and that was not found at fault,
              /// and
              /// why.
              """,
              """
              /// Who may assume a role through a trust policy that was read and that was not found at fault, and
              /// why.
              """),
          new Example(
              "a tag begins a paragraph, its indented continuation does not",
              """
                /// Says it.
                /// @param run with its time
                ///     and place
                /// @return what
                /// came
              """,
              """
                /// Says it.
                /// @param run with its time and place
                /// @return what came
              """),
          new Example(
              "a line that is too long is broken, a word that is too long is not",
              """
              /// 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890
              ///
              /// at <https://example.com/12345678901234567890123456789012345678901234567890123456789012345678901234>
              """,
              """
              /// 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890
              /// 1234567890
              ///
              /// at
              /// <https://example.com/12345678901234567890123456789012345678901234567890123456789012345678901234>
              """),
          new Example(
              "a word that would make something else of its line takes the one before it along",
              """
              /// 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 12345678
              /// 12345 1.
              ///
              /// 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 12345678 -
              /// 12345 @see
              """,
              """
              /// 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 12345678
              /// 12345 1.
              ///
              /// 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890
              /// 12345678 - 12345 @see
              """),
          Example.untouched(
              "fences",
              """
              /// So:
              /// ```
              /// one
              ///
              /// two
              /// ```
              """),
          Example.untouched(
              "lists, also where an entry goes on",
              """
              /// Either
              /// - one
              ///   and a half
              /// - two
              /// three
              ///
              /// 1. first
              /// 2. second
              """),
          Example.untouched(
              "tables",
              """
              /// | a | b |
              /// |---|---|
              /// | c | d |
              ///
              /// a | b
              /// --|--
              /// c | d
              """),
          Example.untouched(
              "headings",
              """
              /// # One
              /// ## Two
              ///
              /// Three
              /// =====
              /// text
              """),
          Example.untouched(
              "indented code, quotes, HTML and definitions of links",
              """
              /// So
              ///
              ///     one
              ///     two
              ///
              /// > said
              /// > he
              ///
              /// <pre>
              /// a
              /// b
              /// </pre>
              ///
              /// [x]: y
              /// [z]: y
              """),
          Example.untouched(
              "a line that is to end where it ends",
              """
              /// one\\
              /// two
              """),
          Example.untouched(
              "what only looks like a comment",
              "  String text =\n"
                  + "      \"\"\"\n"
                  + "      /// one \\\"\"\" \"quoted\"\n"
                  + "      /// two\n"
                  + "      \"\"\";\n"
                  + "  char quote = '\"';\n"
                  + "  String slashes = \"\\\"\"; /// three\n"
                  + "  /// four\n"
                  + "  /*\n"
                  + "  /// five\n"
                  + "  /// six\n"
                  + "  */\n"
                  + "  // seven\n"
                  + "  // eight\n"
                  + "  //// nine\n"
                  + "  //// ten\n"),
          Example.untouched(
              "comments of different depth",
              """
              /// one
                /// two
              """));

  private DocCommentsTest() {}

  public static void main(String... args) {
    int failures = 0;
    for (Example example : EXAMPLES) {
      String filled = DocComments.fill(example.source());
      boolean right = filled.equals(example.filled()) && DocComments.fill(filled).equals(filled);
      if (!right) {
        failures++;
        System.err.printf(
            "%s:%n--- expected%n%s--- got%n%s", example.says(), example.filled(), filled);
      }
    }
    System.out.printf("%d examples of comments, %d wrong%n", EXAMPLES.size(), failures);
    System.exit(failures == 0 ? 0 : 1);
  }
}
