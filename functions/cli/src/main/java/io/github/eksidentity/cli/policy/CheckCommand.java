package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.cli.output.FormOption;
import io.github.eksidentity.cli.policy.JsonLines.Malformed;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Says what is wrong with trust policies by themselves, with line and column.",
      "What IAM refuses, what IAM stores although no pod can use it, and who can assume the role",
      "besides those it names."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity policy check trust.json",
      "  eks-identity policy check --output json policies/",
      "  aws iam get-role --role-name app --query Role.AssumeRolePolicyDocument | eks-identity"
          + " policy check",
      "  eks-identity policy check --documents documents.jsonl",
      "",
      "Exit codes: 0 nothing wrong (with --documents: all read), 1 something could not be read,",
      "2 wrong command line, 3 problems of severity medium or worse."
    })
public final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private FormOption form = new FormOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "Trust policies, and directories of which every .json file is one; standard input where"
              + " none or - is given.")
  private List<String> files = new ArrayList<>();

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
      if (!files.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "Either policies or --documents, not both.");
      }
      boolean good =
          JsonLines.run(
              console,
              documents,
              Inputs.open(console, Optional.of(documents)),
              new DocumentAnswers(Optional.ofNullable(account)));
      return good ? Exit.OK : Exit.ERROR;
    }
    return all();
  }

  private int all() {
    List<CheckedDocument> checked =
        PolicyFiles.named(console, files).stream()
            .map(name -> CheckedDocument.of(console, name, Optional.ofNullable(account)))
            .toList();
    console.print(
        switch (form.form()) {
          case JSON -> CheckedDocument.json(checked);
          case TABLE -> CheckedDocument.text(checked);
        });
    List<String> unread = checked.stream().flatMap(one -> one.error().stream()).toList();
    if (!unread.isEmpty()) {
      unread.forEach(console::complain);
      return Exit.ERROR;
    }
    return checked.stream()
            .flatMap(one -> one.report().problems().stream())
            .anyMatch(problem -> problem.severity().atLeast(Severity.MEDIUM))
        ? Exit.FINDINGS
        : Exit.OK;
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
      return render(
          JsonLines.id(line), DocumentProblem.of(text, account).problems(), Optional.empty());
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
                  .objects("problems", problems, CheckedDocument::problem)
                  .text("error", error));
    }
  }
}
