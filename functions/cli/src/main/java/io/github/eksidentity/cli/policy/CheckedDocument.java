package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.report.page.Plain;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A file with a trust policy, and what is wrong with it.
///
/// @param error why it could not be read, in one sentence
record CheckedDocument(String name, DocumentProblem.Report report, Optional<String> error) {
  private static final int VERSION = 1;
  private static final String STANDARD_INPUT = "-";
  private static final DocumentProblem.Report NOTHING =
      new DocumentProblem.Report(List.of(), List.of());

  /// Reads a file and checks it.
  ///
  /// @param account the role's, where it is known
  static CheckedDocument of(Console console, String name, Optional<String> account) {
    String shown = name.equals(STANDARD_INPUT) ? "policy" : name;
    try {
      byte[] bytes = Inputs.document(console, Optional.of(name));
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new CheckedDocument(shown, DocumentProblem.of(text, account), Optional.empty());
    } catch (CharacterCodingException _) {
      String what = name.equals(STANDARD_INPUT) ? "standard input" : name;
      return new CheckedDocument(shown, NOTHING, Optional.of(what + " is not UTF-8 text."));
    } catch (Failure e) {
      return new CheckedDocument(shown, NOTHING, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /// What is wrong for a person, one problem a paragraph; what could not be read is not told here.
  static String text(List<CheckedDocument> documents) {
    StringBuilder text = new StringBuilder();
    documents.forEach(document -> document.write(text));
    if (documents.stream()
        .allMatch(one -> one.error().isEmpty() && one.report().problems().isEmpty())) {
      text.append(
          documents.size() == 1
              ? "No problems found.\n"
              : "No problems found in " + documents.size() + " documents.\n");
    }
    return text.toString();
  }

  private void write(StringBuilder text) {
    for (DocumentProblem problem : report.problems()) {
      text.append(
          Plain.of(
              "%s:%d:%d: %s %s: %s"
                  .formatted(
                      name,
                      problem.at().line(),
                      problem.at().column(),
                      problem.severity().id(),
                      problem.rule(),
                      problem.message())));
      text.append("\n    ").append(Plain.of(problem.consequence().sentence())).append('\n');
      problem.says().ifPresent(says -> text.append("    ").append(Plain.of(says)).append('\n'));
    }
    report
        .undecided()
        .forEach(open -> text.append(Plain.of(name + ": not decided: " + open)).append('\n'));
  }

  /// The same as JSON; docs/policy-cases.md has its members.
  static String json(List<CheckedDocument> documents) {
    return JsonWriter.object(
            Layout.ASCII_LINE,
            out ->
                out.number("version", VERSION)
                    .objects(
                        "documents",
                        documents,
                        (json, document) ->
                            json.text("name", document.name())
                                .objects(
                                    "problems",
                                    document.report().problems(),
                                    CheckedDocument::problem)
                                .texts("undecided", document.report().undecided())
                                .textOrNull("error", document.error())))
        + "\n";
  }

  /// The members of one problem.
  static void problem(JsonWriter out, DocumentProblem problem) {
    out.text("rule", problem.rule())
        .text("severity", problem.severity().id())
        .number("line", problem.at().line())
        .number("column", problem.at().column())
        .text("message", problem.message())
        .text("consequence", problem.consequence().id());
  }
}
