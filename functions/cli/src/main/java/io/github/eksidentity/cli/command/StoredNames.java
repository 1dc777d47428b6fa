package io.github.eksidentity.cli.command;

import io.github.eksidentity.cli.account.AccountNames;
import io.github.eksidentity.cli.account.RuleOptions;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.report.page.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a store knows by name. A name that it does not know is a typing error or of another store:
/// an empty list would say that all is well.
record StoredNames(FindingStore store) {
  /// How many of an account's last runs may hold a completed one.
  private static final int RECENT = 25;

  /// @throws Failure where no audit of the account was recorded
  void checkAccount(String id) {
    Set<String> accounts = store.accounts();
    if (!accounts.contains(id)) {
      throw new Failure(
          "No audit of account " + id + " is in this store" + AccountNames.nearest(id, accounts));
    }
  }

  /// @throws Failure where there is no such rule, and no finding of a former one
  String rule(String id) {
    if (Rules.find(id).isEmpty() && !named(state -> Optional.of(state.rule())).contains(id)) {
      throw new Failure(RuleOptions.unknown(id));
    }
    return id;
  }

  /// @throws Failure where neither a run nor a finding knows the cluster
  String cluster(String name) {
    Set<String> known = named(Finding::cluster);
    scopes().flatMap(scope -> scope.scope().cluster().stream()).forEach(known::add);
    if (!known.contains(name)) {
      throw new Failure(
          "No cluster " + name + " is in this store" + AccountNames.nearest(name, known));
    }
    return name;
  }

  /// The ARN of a role with this ARN or name.
  ///
  /// @throws Failure where the store knows none, or more than one
  String role(String nameOrArn) {
    Set<String> known = named(Finding::role);
    scopes()
        .flatMap(scope -> scope.edges().map(ScopeEdges::known).stream())
        .forEach(edges -> edges.forEach(edge -> known.add(edge.role())));
    List<String> found =
        known.stream().filter(arn -> arn.equals(nameOrArn) || isNamed(arn, nameOrArn)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new Failure(
          "This store knows nothing about a role "
              + nameOrArn
              + AccountNames.nearest(
                  nameOrArn,
                  nameOrArn.startsWith("arn:")
                      ? known
                      : known.stream().map(Names::ofRole).toList()));
    }
    throw new Failure(
        "There are several roles "
            + nameOrArn
            + "; name one by its ARN: "
            + String.join(", ", found));
  }

  private static boolean isNamed(String arn, String name) {
    return arn.endsWith("/" + name) || (name.startsWith("/") && arn.endsWith(":role" + name));
  }

  private Set<String> named(Function<Finding, Optional<String>> name) {
    FindingQuery all = FindingQuery.LIVE.ofEveryStatus();
    FindingQuery mutedToo =
        new FindingQuery(
            all.account(),
            all.cluster(),
            all.role(),
            all.rule(),
            all.severity(),
            all.statuses(),
            true);
    return store.findings(mutedToo).stream()
        .map(FindingState::finding)
        .flatMap(finding -> name.apply(finding).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Of each account's last completed run.
  private Stream<ScopeRecord> scopes() {
    return store.accounts().stream()
        .flatMap(
            account ->
                store.runs(account, RECENT).stream()
                    .filter(run -> run.state() == RunState.COMPLETED)
                    .map(Run::id)
                    .findFirst()
                    .stream())
        .flatMap(run -> store.scopes(run).stream());
  }
}
