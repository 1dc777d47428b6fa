package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.AccountNames;
import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.account.LiveAccount;
import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.account.SourceOptions;
import io.github.eksidentity.cli.account.TalkOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.output.FormOption;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.explain.Explainer;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.probe.Probe;
import io.github.eksidentity.core.probe.ProbeOutcome;
import io.github.eksidentity.report.json.ProbeJson;
import io.github.eksidentity.report.text.ProbeText;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Tries the way of one service account to its role instead of judging it.
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Proves that a service account gets its role by IRSA, or shows how STS refuses it.",
      "Makes a token for it and asks STS for the role with a session that may do nothing; the"
          + " credentials are dropped unread. Only for service accounts that the settings allow"
          + " under probe. Read docs/probe.md first: it says what the risks are."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity probe --cluster prod --service-account payments/ledger",
      "  eks-identity probe --cluster prod --service-account payments/ledger --snapshot"
          + " account.zip",
      "",
      "Exit codes: 0 proved, 1 the tool failed, 2 wrong command line, 3 refused by STS,",
      "4 it is not known."
    })
public final class ProbeCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private RuleOptions rules = new RuleOptions();
  @Mixin private TalkOptions talk = new TalkOptions();

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "NAME",
      description = "The cluster of the service account; its name or ARN.")
  private String cluster = "";

  @Option(
      names = "--service-account",
      required = true,
      paramLabel = "NS/NAME",
      description = "The service account.")
  private String serviceAccount = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "The role to ask for, by ARN or name; by default that of the annotation.")
  private @Nullable String role;

  @Option(
      names = "--snapshot",
      paramLabel = "PATH",
      description =
          "Judge the configuration by this directory or zip, so that the credentials need not read"
              + " the account.")
  private @Nullable String snapshot;

  @Mixin private FormOption form = new FormOption();

  public ProbeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    source.checkValues(command);
    String name = AccountNames.serviceAccount(command, serviceAccount);
    Settings settings = rules.settings(console);
    if (settings.probe().isEmpty()) {
      throw new Failure(
          "Probing is off. Read docs/probe.md, then name the service account under probe in the"
              + " settings: probe: ["
              + cluster
              + "/"
              + name
              + "]");
    }
    Instant now = Instant.now();
    Inventory inventory = inventory(settings, now);
    AuditContext context = AuditContext.of(inventory, settings, now);
    AccountNames names = new AccountNames(context);
    Cluster named = names.cluster(cluster);
    if (!settings.probe().contains(named.name() + "/" + name)) {
      throw new Failure(
          "The settings do not allow to probe "
              + named.name()
              + "/"
              + name
              + ": it is not listed under probe.");
    }
    Explainer explainer =
        new Explainer(context, Audited.of(rules.auditor(command), context).assessment());
    return print(
        probe(
            explainer,
            named,
            Subject.of(name),
            Optional.ofNullable(role).map(names::role),
            context.index().in(named).binding(Subject.of(name))));
  }

  private Inventory inventory(Settings settings, Instant now) {
    return snapshot != null
        ? SnapshotReader.read(console.path(snapshot), false).inventory()
        : LiveAccount.read(source, settings, now, console, talk.showsProgress(console));
  }

  private Probe probe(
      Explainer explainer,
      Cluster named,
      String subject,
      Optional<String> given,
      Optional<Binding> binding) {
    Optional<Binding.Irsa> annotation =
        binding.flatMap(
            found ->
                switch (found) {
                  case Binding.Irsa irsa -> Optional.of(irsa);
                  case Binding.PodIdentity _ ->
                      throw new Failure(
                          "An association of Pod Identity binds the service account: its"
                              + " credentials come by the agent of the node, which a token does"
                              + " not reach. Only IRSA can be probed.");
                });
    String asked =
        given
            .or(() -> annotation.map(Binding.Irsa::roleArn))
            .filter(arn -> Arn.parse(arn).filter(one -> one.service().equals("iam")).isPresent())
            .orElseThrow(
                () ->
                    new Failure(
                        "Which role it is to ask for is not known; say it with --role ARN."));
    String audience = annotation.map(Binding.Irsa::audience).orElse(PodRequests.DEFAULT_AUDIENCE);
    return new Probe(
        named,
        subject,
        asked,
        audience,
        explainer.steps(named, subject, Binding.assumed(named, subject, asked, audience)),
        LiveAccount.probe(source, console, named, subject, audience, asked));
  }

  private int print(Probe probe) {
    console.print(
        switch (form.form()) {
          case JSON -> ProbeJson.render(probe);
          case TABLE -> ProbeText.render(probe);
        });
    return switch (probe.outcome()) {
      case ProbeOutcome.Proved _ -> Exit.OK;
      case ProbeOutcome.Refused _ -> Exit.FINDINGS;
      case ProbeOutcome.NotTried _ -> Exit.INCOMPLETE;
    };
  }
}
