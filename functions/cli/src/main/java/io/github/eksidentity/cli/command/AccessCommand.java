package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.AccountNames;
import io.github.eksidentity.cli.account.AccountOptions;
import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.account.TalkOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.output.ColourOption;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.report.json.AccessJson;
import io.github.eksidentity.report.text.AccessCsv;
import io.github.eksidentity.report.text.AccessDiagram;
import io.github.eksidentity.report.text.AccessTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says who can become what.
@Command(
    name = "access",
    mixinStandardHelpOptions = true,
    description = {
      "Says which service accounts reach which roles, by IRSA and by Pod Identity.",
      "Also the ways that a trust policy lets in although nothing declares them."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity access --snapshot account.zip",
      "  eks-identity access --service-account payments/ledger",
      "  eks-identity access --role arn:aws:iam::111122223333:role/ledger --output json",
      "  eks-identity access --cluster prod --output dot | dot -Tsvg > access.svg",
      "",
      "Exit codes: 0 done, whatever the edges are; 1 the tool failed; 2 wrong command line."
    })
public final class AccessCommand implements Callable<Integer> {
  /// The forms of output.
  enum Form {
    TABLE,
    CSV,
    JSON,
    DOT,
    MERMAID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AccountOptions account = new AccountOptions();
  @Mixin private RuleOptions rules = new RuleOptions();
  @Mixin private TalkOptions talk = new TalkOptions();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Only service accounts of this cluster; its name or ARN.")
  private @Nullable String cluster;

  @Option(
      names = "--service-account",
      paramLabel = "NS/NAME",
      description = "Only edges that this service account may go, those of patterns included.")
  private @Nullable String serviceAccount;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Only edges to this role, as first or target role; its ARN or name.")
  private @Nullable String role;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, csv, json, dot or mermaid; table by default.")
  private Form form = Form.TABLE;

  @Mixin private ColourOption colour = new ColourOption();

  public AccessCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<String> subject =
        Optional.ofNullable(serviceAccount)
            .map(name -> Subject.of(AccountNames.serviceAccount(spec.commandLine(), name)));
    Audited audited = account.audit(spec.commandLine(), console, rules, talk);
    AccountNames names = new AccountNames(audited.context());
    Predicate<Edge> chosen =
        Optional.ofNullable(cluster).map(names::cluster).map(AccessCommand::of).orElse(_ -> true);
    chosen = chosen.and(subject.map(AccessCommand::covering).orElse(_ -> true));
    chosen =
        chosen.and(
            Optional.ofNullable(role).map(names::role).map(AccessCommand::to).orElse(_ -> true));
    List<Edge> edges = audited.edges().stream().filter(chosen).toList();
    console.print(
        switch (form) {
          case TABLE ->
              AccessTable.render(
                  audited.assessment(), edges, console.tableWidth(), colour.colour(console));
          case CSV -> AccessCsv.render(edges);
          case JSON -> AccessJson.render(audited.assessment(), edges);
          case DOT -> AccessDiagram.dot(edges);
          case MERMAID -> AccessDiagram.mermaid(edges);
        });
    return Exit.OK;
  }

  /// An edge of associations may be of every cluster.
  private static Predicate<Edge> of(Cluster cluster) {
    return edge ->
        edge.place().region().isPresent()
            ? edge.place().equals(new Edge.Place(cluster.name(), Optional.of(cluster.region())))
            : Glob.matches(edge.place().name(), cluster.arn());
  }

  private static Predicate<Edge> covering(String subject) {
    return edge -> edge.covers(subject);
  }

  private static Predicate<Edge> to(String role) {
    return edge -> edge.role().equals(role) || edge.targetRole().equals(Optional.of(role));
  }
}
