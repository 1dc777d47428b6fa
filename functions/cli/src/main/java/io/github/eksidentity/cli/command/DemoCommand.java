package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.output.FormOption;
import io.github.eksidentity.cli.output.OutputOptions;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.loose.TrustNoCondition;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotFiles;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Audits the bundled example account.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Audits a bundled example account; needs no credentials.",
      "Then shows what a second day would change, and the mail about it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity demo",
      "  eks-identity demo --severity critical --details",
      "  eks-identity demo --output json"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String FOLDER = "/demo";
  private static final String HEADER =
      "Demo: the example account of a company that runs EKS. Its names are invented, its faults are"
          + " not.\n\n";
  private static final String NEXT =
      """

      Try next
        ./eks-identity demo --severity critical --details     every fix as diff, AWS CLI and Terraform
        ./eks-identity rules show %s
        ./eks-identity audit --profile NAME                   your own account; it only reads
        ./eks-identity audit --help
      """;

  private final Console console;

  @Mixin private OutputOptions output = new OutputOptions();

  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SnapshotFiles files = SnapshotFiles.ofResources(DemoCommand.class, FOLDER);
    Snapshot facts = SnapshotReader.read(files, false);
    Instant at = facts.takenAt().orElse(Instant.EPOCH);
    Audited audited =
        Audited.of(
            new Auditor(Rules.all()), AuditContext.of(facts.inventory(), Settings.DEFAULTS, at));
    Assessment assessment = audited.assessment();
    String rule =
        assessment.findings().isEmpty()
            ? TrustNoCondition.ID
            : assessment.findings().getFirst().rule();
    String days =
        output.form() == FormOption.Form.TABLE
            ? new DemoDays(files).told(output.text(console))
            : "";
    output.write(console, audited, HEADER, days + NEXT.formatted(rule), List.of());
    return output.exitCode(assessment);
  }
}
