package io.github.eksidentity.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The `eks-identity` command.
@Command(
    name = "eks-identity",
    description = "Audits how pods in Amazon EKS reach IAM roles.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  private Main() {}

  /// Runs the command and ends the process with its exit code.
  public static void main(String... args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
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
