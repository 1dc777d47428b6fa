package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.AccountOptions;
import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.account.TalkOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.output.OutputOptions;
import io.github.eksidentity.cli.store.RecordedAudit;
import io.github.eksidentity.cli.store.StoreOptions;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.RunScope;
import io.github.eksidentity.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Audits a live account or a snapshot.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Audits a live account, or a snapshot of one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity audit --profile prod --region eu-west-1 --region us-east-1",
      "  eks-identity audit --role-arn arn:aws:iam::111122223333:role/auditor --external-id x",
      "  eks-identity audit --clusters",
      "  eks-identity audit --snapshot account.zip --details",
      "  eks-identity audit --output json --output-file findings.json --fail-on high",
      "  eks-identity audit --store file:.eks-identity     remembers, and says what changed",
      "  eks-identity audit --store dynamodb:NAME          the same in the table of the stack",
      "",
      "Exit codes: 0 nothing at or above --fail-on, 1 the tool failed, 2 wrong command line,",
      "3 findings, 4 incomplete coverage with --require-complete (3 wins where both hold)."
    })
public final class AuditCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AccountOptions account = new AccountOptions();
  @Mixin private RuleOptions rules = new RuleOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private TalkOptions talk = new TalkOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  public AuditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    account.check(command);
    Optional<Instant> asked = account.now(command);
    Auditor auditor = rules.auditor(command);
    Settings settings = rules.settings(console);
    rules.refuseNone(command, settings);
    List<String> restrictions = rules.restrictions(console, settings, account.regions());
    if (store.given()) {
      store.check(console, command, account.table());
    }
    Snapshot facts = account.facts(console, settings, asked, talk);
    Instant at = asked.or(facts::takenAt).orElseGet(Instant::now);
    if (store.given()) {
      return recorded(command, facts, at, settings, auditor, restrictions);
    }
    Audited audited = Audited.of(auditor, AuditContext.of(facts.inventory(), settings, at));
    output.write(console, audited, "", hints(audited.assessment()), restrictions);
    return output.exitCode(audited.assessment());
  }

  private int recorded(
      CommandLine command,
      Snapshot facts,
      Instant at,
      Settings settings,
      Auditor auditor,
      List<String> restrictions) {
    RunScope scope = new RunScope(Set.copyOf(account.regions()), Set.of(), rules.narrowedTo());
    try (StoreOptions.Open open = store.toWrite(console, command, account.table())) {
      RecordedAudit audit =
          RecordedAudit.of(
              open,
              facts.inventory().account().id(),
              at,
              scope,
              settings,
              (now, mutes) ->
                  Observed.of(auditor, AuditContext.of(facts.inventory(), settings, now), mutes));
      output.write(console, audit, hints(audit.notMuted()), restrictions, store.option());
      return output.exitCode(audit.notMuted());
    }
  }

  /// What a person may do next with the findings.
  private String hints(Assessment assessment) {
    return assessment.findings().isEmpty() || talk.quiet()
        ? ""
        : """

        Whole fixes (diff, AWS CLI, Terraform): add --details. For programs: --output json.
        What a rule means: eks-identity rules show %s
        """
            .formatted(assessment.findings().getFirst().rule());
  }
}
