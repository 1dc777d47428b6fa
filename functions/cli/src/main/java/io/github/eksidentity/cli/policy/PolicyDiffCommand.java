package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import io.github.eksidentity.cli.output.ShowOptions;
import io.github.eksidentity.core.access.PolicyDiff;
import io.github.eksidentity.core.policy.parse.ParsedPolicy;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.report.json.PolicyDiffJson;
import io.github.eksidentity.report.text.PolicyDiffText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says who gains and who loses access by a new trust policy.
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Says who gains and who loses access to a role when a new trust policy takes the place of an"
          + " old one.",
      "Exact, for every EKS provider and for Pod Identity, with one example of each."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity policy diff old.json new.json",
      "  aws iam get-role --role-name app --query Role.AssumeRolePolicyDocument \\",
      "    | eks-identity policy diff - new.json",
      "",
      "Exit codes: 0 nobody gains access, 1 a policy could not be read, 2 wrong command line,",
      "3 somebody gains access, 4 it is not known whether somebody does."
    })
public final class PolicyDiffCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "The trust policy as it is; - is standard input.")
  private String before = "";

  @Parameters(
      index = "1",
      paramLabel = "NEW",
      description = "The trust policy as it would be; - is standard input.")
  private String after = "";

  @Mixin private ShowOptions show = new ShowOptions();

  public PolicyDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (before.equals(STANDARD_INPUT) && after.equals(STANDARD_INPUT)) {
      throw new ParameterException(
          spec.commandLine(), "Only one of the two policies can be standard input.");
    }
    PolicyDiff diff = PolicyDiff.of(policy(before), policy(after));
    console.print(
        switch (show.form()) {
          case JSON -> PolicyDiffJson.render(diff);
          case TABLE -> PolicyDiffText.render(diff, console.width(), show.colour(console));
        });
    return switch (diff.verdict()) {
      case GAIN -> Exit.FINDINGS;
      case UNKNOWN -> Exit.INCOMPLETE;
      case NO_GAIN -> Exit.OK;
    };
  }

  private TrustPolicy policy(String name) {
    String text = new String(Inputs.document(console, Optional.of(name)), StandardCharsets.UTF_8);
    String shown = name.equals(STANDARD_INPUT) ? "standard input" : name;
    ParsedPolicy parsed = TrustPolicyParser.parse(text);
    if (parsed.policy().isEmpty()) {
      Problem problem = parsed.problems().getFirst();
      throw new Failure(
          shown
              + " cannot be compared, because IAM would refuse it: "
              + problem.at()
              + ": "
              + problem.message());
    }
    for (Problem problem : parsed.problems()) {
      console.complain("note: " + shown + ": " + problem.at() + ": " + problem.message());
    }
    return parsed.policy().get();
  }
}
