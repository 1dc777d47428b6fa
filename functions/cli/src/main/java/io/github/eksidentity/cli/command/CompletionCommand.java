package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints a completion script.
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints a script that completes commands and options in your shell.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(eks-identity completion bash)",
      "  source <(eks-identity completion zsh)"
    })
public final class CompletionCommand implements Callable<Integer> {
  /// The shells that are served.
  enum Shell {
    BASH,
    ZSH
  }

  private static final String ZSH =
      "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash (the default) or zsh.")
  private Shell shell = Shell.BASH;

  public CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("eks-identity", spec.root().commandLine());
    console.print(shell == Shell.ZSH ? ZSH + script : script);
    return Exit.OK;
  }
}
