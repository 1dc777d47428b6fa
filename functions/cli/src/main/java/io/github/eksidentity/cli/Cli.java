package io.github.eksidentity.cli;

import io.github.eksidentity.cli.command.AccessCommand;
import io.github.eksidentity.cli.command.AuditCommand;
import io.github.eksidentity.cli.command.CompletionCommand;
import io.github.eksidentity.cli.command.DemoCommand;
import io.github.eksidentity.cli.command.DiffCommand;
import io.github.eksidentity.cli.command.DigestCommand;
import io.github.eksidentity.cli.command.ExplainCommand;
import io.github.eksidentity.cli.command.FindingsCommand;
import io.github.eksidentity.cli.command.MuteCommand;
import io.github.eksidentity.cli.command.ProbeCommand;
import io.github.eksidentity.cli.command.RulesCommand;
import io.github.eksidentity.cli.command.RunsCommand;
import io.github.eksidentity.cli.command.SnapshotCommand;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.ConsoleWriter;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.policy.CheckCommand;
import io.github.eksidentity.cli.policy.EvaluateCommand;
import io.github.eksidentity.cli.policy.PolicyCommand;
import io.github.eksidentity.cli.policy.PolicyDiffCommand;
import io.github.eksidentity.snapshot.SnapshotException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The commands put together, and what becomes of their failures.
@Command(
    name = "eks-identity",
    description = {
      "Audits how pods in Amazon EKS reach IAM roles: IRSA and EKS Pod Identity, account-wide.",
      "It only reads; it changes nothing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity demo                                audits a bundled example account",
      "  eks-identity audit                               audits the account of your credentials",
      "  eks-identity audit --snapshot account.zip        audits files, without credentials",
      "  eks-identity explain --help                      says why a pod gets its role, or not",
      "  eks-identity COMMAND --help                      says all about a command",
      "",
      "Exit codes: 0 nothing that fails, 1 the tool failed, 2 wrong command line, 3 findings,",
      "4 incomplete coverage with --require-complete."
    })
final class Cli implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Cli() {}

  /// Runs a command line and returns its exit code. Never throws.
  static int run(Console console, String... args) {
    boolean verbose =
        Arrays.asList(args).contains("-v") || Arrays.asList(args).contains("--verbose");
    try {
      return commandLine(console, verbose).execute(args);
    } catch (RuntimeException e) {
      return failed(console, verbose, e);
    } catch (Error e) {
      return broke(console, verbose, e);
    }
  }

  /// Every command with its options.
  static CommandLine commandLine(Console console, boolean verbose) {
    PrintWriter out = new PrintWriter(new ConsoleWriter(console), true);
    return new CommandLine(new Cli())
        .addSubcommand(new AuditCommand(console))
        .addSubcommand(
            new CommandLine(new FindingsCommand(console))
                .addSubcommand(new FindingsCommand.Show(console)))
        .addSubcommand(new RunsCommand(console))
        .addSubcommand(new DigestCommand(console))
        .addSubcommand(
            new CommandLine(new MuteCommand())
                .addSubcommand(new MuteCommand.Add(console))
                .addSubcommand(new MuteCommand.ListMutes(console))
                .addSubcommand(new MuteCommand.Remove(console)))
        .addSubcommand(new DemoCommand(console))
        .addSubcommand(new ExplainCommand(console))
        .addSubcommand(new AccessCommand(console))
        .addSubcommand(new ProbeCommand(console))
        .addSubcommand(
            new CommandLine(new PolicyCommand())
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new PolicyDiffCommand(console)))
        .addSubcommand(
            new CommandLine(new RulesCommand())
                .addSubcommand(new RulesCommand.ListRules(console))
                .addSubcommand(new RulesCommand.ShowRule(console)))
        .addSubcommand(new SnapshotCommand(console))
        .addSubcommand(new DiffCommand(console))
        .addSubcommand(new CompletionCommand(console))
        .setOut(out)
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(Math.clamp(console.width(), 60, 120))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> wrongUsage(console, e))
        .setExecutionExceptionHandler((e, _, _) -> failed(console, verbose, e));
  }

  private static int wrongUsage(Console console, ParameterException e) {
    String message = String.valueOf(e.getMessage());
    console.complain(message);
    List<String> similar =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (!similar.isEmpty()) {
      console.say("Did you mean " + String.join(" or ", similar) + "?");
    }
    console.say("Try: " + command + " --help");
    return Exit.USAGE;
  }

  /// What the virtual machine could not do. An input can ask for more than there is, so that this
  /// is an answer like others.
  private static int broke(Console console, boolean verbose, Throwable e) {
    switch (e) {
      case OutOfMemoryError _ ->
          console.complain(
              "This takes more memory than the %d MiB that Java was given; set JAVA_TOOL_OPTIONS=-Xmx4g for more, or narrow the command to less."
                  .formatted(Runtime.getRuntime().maxMemory() >> 20));
      case StackOverflowError _ ->
          console.complain(
              "Something in the input is nested more deeply, or is longer, than can be followed"
                  + " (-v shows where).");
      default ->
          console.complain("This should not happen, please report it (-v shows where): " + e);
    }
    if (verbose) {
      e.printStackTrace(console.err());
    }
    return Exit.ERROR;
  }

  private static int failed(Console console, boolean verbose, Exception e) {
    Optional<Throwable> error =
        Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
            .filter(Error.class::isInstance)
            .findFirst();
    if (error.isPresent()) {
      return broke(console, verbose, error.get());
    }
    switch (e) {
      case Failure failure -> failure.sentences().forEach(console::complain);
      case SnapshotException broken -> console.complain(broken.sentence());
      default ->
          console.complain("This should not happen, please report it (-v shows where): " + e);
    }
    if (verbose) {
      e.printStackTrace(console.err());
    }
    return Exit.ERROR;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// Reads the version from the manifest of the jar that carries this class.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"eks-identity " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
