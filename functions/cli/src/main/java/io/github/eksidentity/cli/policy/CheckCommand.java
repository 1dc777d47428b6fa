package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.cli.policy.JsonLines.Malformed;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.report.page.Plain;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what is wrong with a trust document.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says what is wrong with a trust policy by itself.",
      "What IAM refuses, and what IAM stores although no pod can use it; with line and column."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity policy check trust.json",
      "  aws iam get-role --role-name app --query Role.AssumeRolePolicyDocument | eks-identity"
          + " policy check",
      "  eks-identity policy check --documents documents.jsonl",
      "",
      "Exit codes: 0 nothing wrong (with --documents: all read), 1 something could not be read,",
      "2 wrong command line, 3 problems of severity medium or worse in the one document."
    })
public final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The trust policy; standard input where none or - is given.")
  private @Nullable String file;

  @Option(
      names = "--documents",
      paramLabel = "FILE",
      description =
          "Check many: {\"id\": …, \"document\": \"…\"} a line, one answer a line; - is standard"
              + " input.")
  private @Nullable String documents;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The role's account; by default that of the first provider in the policy.")
  private @Nullable String account;

  public CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (account != null && !account.matches("\\d{12}")) {
      throw new ParameterException(
          spec.commandLine(), "--account needs twelve digits, not " + account);
    }
    if (documents != null) {
      if (file != null) {
        throw new ParameterException(
            spec.commandLine(), "Either one policy or --documents, not both.");
      }
      boolean good =
          JsonLines.run(
              console,
              documents,
              Inputs.open(console, Optional.of(documents)),
              new DocumentAnswers(Optional.ofNullable(account)));
      return good ? Exit.OK : Exit.ERROR;
    }
    return one();
  }

  private int one() {
    List<DocumentProblem> problems = DocumentProblem.of(text(), Optional.ofNullable(account));
    if (problems.isEmpty()) {
      console.print("No problems found.\n");
      return Exit.OK;
    }
    StringBuilder lines = new StringBuilder();
    String name = file == null || file.equals("-") ? "policy" : file;
    for (DocumentProblem problem : problems) {
      lines.append(
          Plain.of(
              "%s:%d:%d: %s %s: %s"
                  .formatted(
                      name,
                      problem.at().line(),
                      problem.at().column(),
                      problem.severity().id(),
                      problem.rule(),
                      problem.message())));
      lines.append("\n    ").append(Plain.of(problem.consequence().sentence())).append('\n');
      problem.says().ifPresent(says -> lines.append("    ").append(Plain.of(says)).append('\n'));
    }
    console.print(lines.toString());
    return problems.stream().anyMatch(problem -> problem.severity().atLeast(Severity.MEDIUM))
        ? Exit.FINDINGS
        : Exit.OK;
  }

  private String text() {
    byte[] bytes = Inputs.document(console, Optional.ofNullable(file));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Failure((file == null ? "standard input" : file) + " is not UTF-8 text.", e);
    }
  }

  /// Answers documents line by line.
  private record DocumentAnswers(Optional<String> account) implements JsonLines.Work {
    @Override
    public String answer(Json.Obj line) throws Malformed {
      Json document =
          line.get("document").orElseThrow(() -> new Malformed("the member document is missing"));
      String text =
          switch (document) {
            case Json.Str(_, String written) -> written;
            case Json.Obj object -> JsonWriter.pretty(object);
            case Json other ->
                throw new Malformed("document must be the policy's text, not " + other.kind());
          };
      return render(JsonLines.id(line), DocumentProblem.of(text, account), Optional.empty());
    }

    @Override
    public String refusal(Json id, String reason) {
      return render(id, List.of(), Optional.of(reason));
    }

    private static String render(Json id, List<DocumentProblem> problems, Optional<String> error) {
      return JsonWriter.object(
          Layout.ASCII_LINE,
          out ->
              out.name("id")
                  .value(id)
                  .objects("problems", problems, DocumentAnswers::problem)
                  .text("error", error));
    }

    private static void problem(JsonWriter out, DocumentProblem problem) {
      out.text("rule", problem.rule())
          .text("severity", problem.severity().id())
          .number("line", problem.at().line())
          .number("column", problem.at().column())
          .text("message", problem.message())
          .text("consequence", problem.consequence().id());
    }
  }
}
