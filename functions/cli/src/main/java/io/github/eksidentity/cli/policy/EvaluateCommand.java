package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.cli.policy.JsonLines.Malformed;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.report.text.DecisionText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
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

/// Decides whether a pod gets in by a trust policy.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Decides whether a pod may assume a role with this trust policy, and shows every step.",
      "What only the moment of the call tells, as aws:SourceIp, is unknown."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity policy evaluate trust.json \\",
      "    --provider"
          + " arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
          + " \\",
      "    --subject system:serviceaccount:payments:ledger",
      "  eks-identity policy evaluate trust.json --pod-identity \\",
      "    --cluster-arn arn:aws:eks:eu-west-1:111122223333:cluster/prod \\",
      "    --namespace payments --service-account ledger",
      "  eks-identity policy evaluate --cases cases.jsonl",
      "",
      "Exit codes: 0 decided, whatever the decision; 1 something could not be read; 2 wrong command"
          + " line."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CallOptions calls = new CallOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The trust policy; standard input where none or - is given.")
  private @Nullable String file;

  @Option(
      names = "--cases",
      paramLabel = "FILE",
      description =
          "Decide many: one JSON object a line (docs/policy-cases.md), one answer a line; - is"
              + " standard input.")
  private @Nullable String cases;

  public EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (cases != null) {
      if (file != null || calls.given()) {
        throw new ParameterException(
            spec.commandLine(),
            "--cases has everything in its file; no policy and no other option goes with it.");
      }
      return many(cases);
    }
    return one();
  }

  private int one() {
    var requests = calls.requests(spec.commandLine());
    String text =
        new String(Inputs.document(console, Optional.ofNullable(file)), StandardCharsets.UTF_8);
    ParsedPolicy parsed = TrustPolicyParser.parse(text);
    if (parsed.policy().isEmpty()) {
      Problem problem = parsed.problems().getFirst();
      throw new Failure(
          "The policy cannot be evaluated, because IAM would refuse it: "
              + problem.at()
              + ": "
              + problem.message());
    }
    for (Problem problem : parsed.problems()) {
      console.complain("note: " + problem.at() + ": " + problem.message());
    }
    Decisions decisions = Decisions.of(parsed.policy().get(), requests);
    console.print(DecisionText.render(decisions.byAction(), console.width(), console.colour()));
    return Exit.OK;
  }

  private int many(String name) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    boolean good =
        JsonLines.run(console, name, Inputs.open(console, Optional.of(name)), new CaseAnswers(now));
    return good ? Exit.OK : Exit.ERROR;
  }

  /// Answers cases line by line.
  private record CaseAnswers(String now) implements JsonLines.Work {
    @Override
    public String answer(Json.Obj line) throws Malformed {
      PolicyCase read = PolicyCase.read(line, now);
      Decisions decisions = Decisions.of(read.policy().policy().orElseThrow(), read.requests());
      Map<String, String> byAction = new LinkedHashMap<>();
      decisions
          .byAction()
          .forEach((action, decision) -> byAction.put(action, Decisions.word(decision)));
      return render(
          JsonLines.id(line), decisions.word(), byAction, decisions.decisive().getValue().reason());
    }

    @Override
    public String refusal(Json id, String reason) {
      return render(id, "unknown", Map.of(), reason);
    }

    private static String render(
        Json id, String decision, Map<String, String> byAction, String reason) {
      return JsonWriter.object(
          Layout.ASCII_LINE,
          out ->
              out.name("id")
                  .value(id)
                  .text("decision", decision)
                  .texts("by_action", byAction)
                  .text("reason", reason));
    }
  }
}
