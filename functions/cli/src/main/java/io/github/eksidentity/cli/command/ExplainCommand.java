package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.AccountNames;
import io.github.eksidentity.cli.account.AccountOptions;
import io.github.eksidentity.cli.account.Audited;
import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.account.TalkOptions;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.output.ShowOptions;
import io.github.eksidentity.core.explain.Explainer;
import io.github.eksidentity.core.explain.Explanation;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.report.json.ExplanationJson;
import io.github.eksidentity.report.text.ExplanationText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Explains why one service account gets its role, or does not.
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Explains why the pods of a service account get their role, or do not.",
      "Walks the whole way, step by step, and ends with the one cause and its fix."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  eks-identity explain --cluster prod --service-account payments/ledger",
      "  eks-identity explain --cluster prod --pod payments/ledger-7d9f8c6b5-x2x7q",
      "  eks-identity explain --cluster prod --role ledger --snapshot account.zip",
      "",
      "Exit codes: 0 it works, 1 the tool failed, 2 wrong command line,",
      "3 it is broken or bound to nothing, 4 it is not known."
    })
public final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AccountOptions account = new AccountOptions();
  @Mixin private RuleOptions rules = new RuleOptions();
  @Mixin private TalkOptions talk = new TalkOptions();

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "NAME",
      description = "The cluster of the service account; its name or ARN.")
  private String cluster = "";

  @Option(names = "--service-account", paramLabel = "NS/NAME", description = "The service account.")
  private @Nullable String serviceAccount;

  @Option(
      names = "--pod",
      paramLabel = "NS/NAME",
      description = "A pod instead: its service account is explained.")
  private @Nullable String pod;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "The role that it should reach, by ARN or name. Alone: the one service account that the"
              + " role is for.")
  private @Nullable String role;

  @Mixin private ShowOptions show = new ShowOptions();

  public ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    if (serviceAccount != null && pod != null) {
      throw new ParameterException(command, "Either --service-account or --pod, not both.");
    }
    if (serviceAccount == null && pod == null && role == null) {
      throw new ParameterException(
          command, "One of --service-account, --pod and --role is missing.");
    }
    Optional<String> serviceAccountName =
        Optional.ofNullable(serviceAccount).map(name -> AccountNames.serviceAccount(command, name));
    Optional<String> podName =
        Optional.ofNullable(pod).map(name -> AccountNames.serviceAccount(command, name));
    Audited audited = account.audit(command, console, rules, talk);
    AccountNames names = new AccountNames(audited.context());
    Cluster named = names.cluster(cluster);
    Optional<String> expected = Optional.ofNullable(role).map(names::role);
    Explainer explainer = new Explainer(audited.context(), audited.assessment());
    String subject =
        serviceAccountName
            .map(Subject::of)
            .or(() -> podName.map(name -> subjectOf(explainer, named, name)))
            .orElseGet(() -> only(explainer, named, expected.orElseThrow()));
    if (explainer.isUnheardOf(named, subject)) {
      throw new Failure(
          "Cluster "
              + named.name()
              + " has no service account "
              + Subject.qualifiedName(subject)
              + ", and nothing that was read names it"
              + explainer.nearest(named, subject));
    }
    return print(explainer.explain(named, subject, expected));
  }

  private int print(Explanation explanation) {
    console.print(
        switch (show.form()) {
          case JSON -> ExplanationJson.render(explanation);
          case TABLE -> ExplanationText.render(explanation, console.width(), show.colour(console));
        });
    return switch (explanation.verdict()) {
      case WORKS -> Exit.OK;
      case BROKEN, UNBOUND -> Exit.FINDINGS;
      case UNKNOWN -> Exit.INCOMPLETE;
    };
  }

  private static String subjectOf(Explainer explainer, Cluster cluster, String name) {
    List<Pod> pods = explainer.in(cluster).pods();
    return pods.stream()
        .filter(one -> qualifiedName(one).equals(name))
        .map(Pod::subject)
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    explainer
                        .in(cluster)
                        .podsUnread()
                        .map(
                            reason ->
                                "The pod "
                                    + name
                                    + " is not known: "
                                    + reason
                                    + ". Name its service account instead.")
                        .orElseGet(
                            () ->
                                "There is no pod "
                                    + name
                                    + " in cluster "
                                    + cluster.name()
                                    + AccountNames.nearest(
                                        name,
                                        pods.stream()
                                            .map(ExplainCommand::qualifiedName)
                                            .toList()))));
  }

  private static String qualifiedName(Pod pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /// The one service account of the cluster that a role is for.
  private static String only(Explainer explainer, Cluster cluster, String role) {
    List<String> subjects = explainer.subjectsOf(cluster, role);
    if (subjects.size() == 1) {
      return subjects.getFirst();
    }
    throw new Failure(
        subjects.isEmpty()
            ? "Nothing that was read binds a service account of cluster "
                + cluster.name()
                + " to role "
                + role
                + ", and its trust policy names none; say which one with --service-account."
            : "Several service accounts of cluster "
                + cluster.name()
                + " reach role "
                + role
                + "; say which one with --service-account: "
                + String.join(", ", subjects.stream().map(Subject::qualifiedName).toList()));
  }
}
