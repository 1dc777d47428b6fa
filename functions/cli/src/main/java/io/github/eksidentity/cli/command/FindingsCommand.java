package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.TimeOption;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.output.ShowOptions;
import io.github.eksidentity.cli.store.AccountOption;
import io.github.eksidentity.cli.store.StoreOptions;
import io.github.eksidentity.cli.store.TableOptions;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.Status;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.report.json.RunJson;
import io.github.eksidentity.report.text.RunText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists the findings of a store.
@Command(
    name = "findings",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the findings that audits with --store have recorded.",
      "Without options those that somebody has to look at: open or unverified, and not muted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity findings --severity high",
      "  eks-identity findings --role app --status all --muted",
      "  eks-identity findings --output json | jq -r '.findings[].id'",
      "  eks-identity findings show f1-4b7c1f0e6a2d9c3b5e8f"
    })
public final class FindingsCommand implements Callable<Integer> {
  private static final Comparator<FindingState> ORDER =
      Comparator.comparing(FindingState::finding, Finding.ORDER).thenComparing(FindingState::id);

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOptions store = new StoreOptions();
  @Mixin private TableOptions table = new TableOptions();
  @Mixin private AccountOption account = new AccountOption();
  @Mixin private ShowOptions show = new ShowOptions();
  @Mixin private TimeOption time = new TimeOption();

  @Option(names = "--cluster", paramLabel = "NAME", description = "Only of this cluster.")
  private @Nullable String cluster;

  @Option(names = "--role", paramLabel = "ROLE", description = "Only about this role; ARN or name.")
  private @Nullable String role;

  @Option(names = "--rule", paramLabel = "ID", description = "Only of this rule.")
  private @Nullable String rule;

  @Option(
      names = "--severity",
      paramLabel = "LEVEL",
      description = "Only of this severity or worse: critical, high, medium, low, info.")
  private @Nullable Severity severity;

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description =
          "open, unverified, resolved, disabled, removed, or all; open and unverified by"
              + " default.")
  private List<String> statuses = new ArrayList<>();

  @Option(names = "--muted", description = "Muted ones too.")
  private boolean muted;

  public FindingsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    Optional<String> ofAccount = account.account(command);
    Set<Status> chosen = statuses(command);
    Instant now = time.now(command);
    try (StoreOptions.Open open = store.toRead(console, command, table.access(command))) {
      StoredNames names = new StoredNames(open.store());
      ofAccount.ifPresent(names::checkAccount);
      FindingQuery query =
          new FindingQuery(
              ofAccount,
              Optional.ofNullable(cluster).map(names::cluster),
              Optional.ofNullable(role).map(names::role),
              Optional.ofNullable(rule).map(names::rule),
              Optional.ofNullable(severity),
              chosen,
              muted);
      LastSight sight = new LastSight(open.store());
      List<FindingState> found =
          open.store().findings(query).stream()
              .filter(state -> state.expires().map(now::isBefore).orElse(true))
              .map(sight::of)
              .sorted(ORDER)
              .toList();
      console.print(
          switch (show.form()) {
            case JSON -> RunJson.findings(found);
            case TABLE -> RunText.findings(found, show.text(console, false));
          });
    }
    return Exit.OK;
  }

  private Set<Status> statuses(CommandLine command) {
    if (statuses.isEmpty()) {
      return FindingQuery.LIVE.statuses();
    }
    Set<Status> chosen = EnumSet.noneOf(Status.class);
    for (String text : statuses) {
      if (text.equalsIgnoreCase("all")) {
        return EnumSet.allOf(Status.class);
      }
      chosen.add(
          Status.of(text)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          command,
                          "--status is open, unverified, resolved, disabled, removed or all, not "
                              + text)));
    }
    return chosen;
  }

  /// When findings were really seen last, which their account's last run knows.
  private static final class LastSight {
    private final FindingStore store;
    private final Map<String, Map<Scope, ScopeRecord>> scopes = new HashMap<>();

    LastSight(FindingStore store) {
      this.store = store;
    }

    FindingState of(FindingState state) {
      Map<Scope, ScopeRecord> known =
          scopes.computeIfAbsent(
              state.finding().account(), account -> store.memory(account).scopes());
      return state.withLastSeen(state.seen(known));
    }
  }

  /// Shows one finding and what happened to it.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one finding with its evidence, its remediation and its history.",
      footerHeading = "%nExample:%n",
      footer = "  eks-identity findings show f1-4b7c1f0e6a2d9c3b5e8f")
  public static final class Show implements Callable<Integer> {
    private final Console console;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private StoreOptions store = new StoreOptions();
    @Mixin private TableOptions table = new TableOptions();
    @Mixin private ShowOptions show = new ShowOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "As findings shows it.")
    private String id = "";

    public Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      try (StoreOptions.Open open =
          store.toRead(console, spec.commandLine(), table.access(spec.commandLine()))) {
        List<Transition> history = open.store().history(id);
        FindingState state = state(open.store(), history);
        console.print(
            switch (show.form()) {
              case JSON -> RunJson.history(state, history);
              case TABLE -> RunText.history(state, history, show.text(console, true));
            });
      }
      return Exit.OK;
    }

    /// The history says whose finding it is; where it was forgotten, its last event says the rest.
    private FindingState state(FindingStore open, List<Transition> history) {
      if (history.isEmpty()) {
        throw new Failure("There is no finding " + id + " in this store.");
      }
      FindingState last = history.getLast().after();
      FindingState kept =
          Optional.ofNullable(open.memory(last.finding().account()).findings().get(id))
              .orElse(last);
      return new LastSight(open).of(kept);
    }
  }
}
