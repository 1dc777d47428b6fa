package io.github.eksidentity.cli.policy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Works with single trust policies, without an account.
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Evaluates, checks or compares trust policies, without an account.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity policy check trust.json",
      "  eks-identity policy diff old.json new.json",
      "  eks-identity policy evaluate --help"
    })
public final class PolicyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "policy needs a command: evaluate, check or diff.");
  }
}
