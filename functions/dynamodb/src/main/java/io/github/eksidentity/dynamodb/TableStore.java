package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.FindingUpdate;
import io.github.eksidentity.core.drift.PriorState;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunRequest;
import io.github.eksidentity.core.drift.RunState;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.Status;
import io.github.eksidentity.core.drift.StoreException;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.dynamodb.Table.Condition;
import io.github.eksidentity.dynamodb.Table.Index;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Keeps findings in one table of DynamoDB, whose keys and indexes template.yaml declares.
///
/// Every write of a run is a transaction that also checks that the run is still running. An
/// account's lease names the one run that is running; runs begin and end by a transaction on it, so
/// that of two at once only one gets through, and the other looks again.
public final class TableStore implements FindingStore {
  /// A retry does not come later than this; an event that does is a new run.
  private static final Duration RETRIED_WITHIN = Duration.ofDays(35);

  /// How often a beginning is tried again where others were faster.
  private static final int ATTEMPTS = 10;

  /// How many runs to read at once: one of the last few is looked for, or all are listed.
  private static final int FEW = 25;

  private static final int MANY = 1_000;

  private final Table table;

  /// @param client honours the SDK's settings of endpoint and retries; the caller closes it
  /// @param name of the table
  public TableStore(DynamoDbClient client, String name) {
    this(client, name, TableStore::sleep);
  }

  /// @param pause waits before something throttled is tried again
  TableStore(DynamoDbClient client, String name, Consumer<Duration> pause) {
    this.table = new Table(client, name, pause);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the table was busy", e);
    }
  }

  /// What the lease says.
  ///
  /// @param revision 0 where there is no item
  /// @param holder the running run
  private record Lease(int revision, Optional<Run> holder) {
    Condition unchanged() {
      return revision == 0 ? Condition.ABSENT : revisionIs(revision);
    }
  }

  private static Condition revisionIs(int revision) {
    return Condition.equal(Items.REVISION, Items.number(revision));
  }

  private static Condition stateIs(RunState state) {
    return Condition.equal(Items.STATE, AttributeValue.fromS(state.id()));
  }

  @Override
  public Begun begin(RunRequest request) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Begun> begun = tryToBegin(request);
      if (begun.isPresent()) {
        return begun.get();
      }
    }
    throw new IllegalStateException(
        "Other runs of account " + request.account() + " kept beginning and ending.");
  }

  private Optional<Begun> tryToBegin(RunRequest request) {
    Lease lease = lease(request.account());
    Optional<Run> same = lease.holder().filter(run -> run.id().equals(request.id()));
    if (same.isEmpty()) {
      same = recent(request);
    }
    if (same.isPresent()) {
      return known(same.get(), request, lease);
    }
    if (newestFirst(request.account(), FEW)
        .takeWhile(run -> run.now().isAfter(request.now()))
        .anyMatch(request::isOutdatedBy)) {
      return runs(request.account(), 1).stream().findFirst().map(Begun.Outdated::new);
    }
    Optional<Run> alive =
        lease.holder().filter(run -> run.leaseUntil().isAfter(request.startedAt()));
    if (alive.isPresent()) {
      return alive.map(Begun.Busy::new);
    }
    return started(request, lease);
  }

  private Optional<Begun> known(Run run, RunRequest request, Lease lease) {
    return switch (run.state()) {
      case COMPLETED -> Optional.of(new Begun.Completed(run));
      case ABANDONED -> Optional.of(new Begun.Outdated(runs(request.account(), 1).getFirst()));
      case RUNNING -> {
        Run resumed = run.resumed(request.leaseUntil());
        boolean written =
            table.transact(
                List.of(
                    table.put(Items.run(resumed), stateIs(RunState.RUNNING)),
                    table.put(
                        Items.lease(run.account(), Optional.of(resumed), lease.revision() + 1),
                        lease.unchanged())));
        yield written ? Optional.of(new Begun.Resumed(resumed)) : Optional.empty();
      }
    };
  }

  private Optional<Begun> started(RunRequest request, Lease lease) {
    List<RunId> adopted = new ArrayList<>();
    List<TransactWriteItem> changes = new ArrayList<>();
    lease
        .holder()
        .ifPresent(
            dead -> {
              adopted.addAll(dead.adopts());
              adopted.add(dead.id());
              changes.add(table.put(Items.run(dead.abandoned()), stateIs(RunState.RUNNING)));
            });
    Run run = Run.begun(request, adopted);
    changes.add(table.put(Items.run(run), Condition.ABSENT));
    changes.add(
        table.put(
            Items.lease(run.account(), Optional.of(run), lease.revision() + 1), lease.unchanged()));
    return table.transact(changes) ? Optional.of(new Begun.Started(run)) : Optional.empty();
  }

  private Lease lease(String account) {
    return table
        .get(Key.lease(account))
        .map(
            item ->
                new Lease(
                    Integer.parseInt(
                        Optional.ofNullable(item.get(Items.REVISION)).orElseThrow().n()),
                    Items.optionalText(item, Items.HOLDER)
                        .flatMap(id -> table.get(holder(account, item, id)))
                        .map(TableStore::run)
                        .filter(run -> run.state() == RunState.RUNNING)))
        .orElseGet(() -> new Lease(0, Optional.empty()));
  }

  private static Key holder(String account, Map<String, AttributeValue> lease, String id) {
    return Key.run(account, Instant.parse(Items.text(lease, Items.HOLDER_NOW)), id);
  }

  private Optional<Run> recent(RunRequest request) {
    Instant since = request.now().minus(RETRIED_WITHIN);
    return newestFirst(request.account(), FEW)
        .takeWhile(run -> !run.now().isBefore(since))
        .filter(run -> run.id().equals(request.id()))
        .findFirst();
  }

  private Stream<Run> newestFirst(String account, int pageSize) {
    return table.backwards(Key.account(account), Key.RUN, pageSize).map(TableStore::run);
  }

  @Override
  public PriorState memory(String account) {
    Optional<Run> last =
        lastCompleted(account, run -> !run.isDatedAhead())
            .or(() -> lastCompleted(account, Run::isDatedAhead));
    return PriorState.of(
        findingsOf(account), last.map(run -> scopes(run.id())).orElseGet(List::of));
  }

  private Optional<Run> lastCompleted(String account, Predicate<Run> among) {
    return newestFirst(account, FEW)
        .filter(run -> run.state() == RunState.COMPLETED)
        .filter(among)
        .findFirst();
  }

  private List<FindingState> findingsOf(String account) {
    return table
        .query(Key.account(account), Key.FINDING)
        .map(item -> Payload.read(item, FindingState.class))
        .toList();
  }

  @Override
  public void apply(Run run, FindingUpdate update) {
    FindingState after = update.after();
    Key key = Key.of(after.finding());
    List<TransactWriteItem> changes = new ArrayList<>();
    changes.add(table.check(Key.of(run), stateIs(RunState.RUNNING)));
    Optional<FindingState> before = update.before();
    Optional<FindingState> moved = before.filter(state -> !Key.of(state.finding()).equals(key));
    moved.ifPresent(
        state -> changes.add(table.delete(Key.of(state.finding()), revisionIs(state.revision()))));
    changes.add(
        table.put(
            Items.finding(after),
            before.isEmpty() || moved.isPresent()
                ? Condition.ABSENT
                : revisionIs(before.get().revision())));
    update.transitions().forEach(event -> changes.add(table.put(Items.event(event))));
    if (!table.transact(changes, token(run, update))) {
      explain(run, update);
    }
  }

  /// The same for the same change of the same run, so that one that is sent twice is made once.
  /// What is written is part of it: a retry may see another fault than the try before it.
  private String token(Run run, FindingUpdate update) {
    String text =
        String.join(
            "\n",
            table.name(),
            run.id().value(),
            update.after().id(),
            Payload.text(update.after(), FindingState.class),
            update.transitions().stream().map(Transition::kind).toList().toString());
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Says why an update was refused, or that it was made before.
  private void explain(Run run, FindingUpdate update) {
    Optional<FindingState> stored =
        table
            .get(Key.of(update.after().finding()))
            .map(item -> Payload.read(item, FindingState.class));
    if (stored.equals(Optional.of(Fitting.fit(update.after())))) {
      return;
    }
    demandRunning(run);
    throw new StoreException.Stale(update.after().id());
  }

  private void demandRunning(Run run) {
    boolean running =
        table
            .get(Key.of(run))
            .map(TableStore::run)
            .filter(stored -> stored.state() == RunState.RUNNING)
            .isPresent();
    if (!running) {
      throw new StoreException.Superseded(run.id());
    }
  }

  /// Nobody reads the scopes of a run that was taken for dead, so they need no transaction.
  @Override
  public void recordScopes(Run run, List<ScopeRecord> scopes) {
    demandRunning(run);
    Set<Key> wanted = new HashSet<>();
    List<WriteRequest> writes = new ArrayList<>();
    for (ScopeRecord scope : scopes) {
      wanted.add(Key.scope(run, scope.scope()));
      writes.add(Table.putting(Items.scope(run, scope)));
    }
    table
        .query(Key.run(run.id()), Key.SCOPE)
        .map(Key::of)
        .filter(key -> !wanted.contains(key))
        .forEach(key -> writes.add(Table.deleting(key)));
    table.write(writes);
  }

  @Override
  public void complete(Run run) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      RunState state =
          table.get(Key.of(run)).map(TableStore::run).map(Run::state).orElse(RunState.ABANDONED);
      if (state == RunState.COMPLETED) {
        return;
      }
      if (state == RunState.ABANDONED) {
        throw new StoreException.Superseded(run.id());
      }
      Lease lease = lease(run.account());
      if (table.transact(
          List.of(
              table.put(Items.run(run), stateIs(RunState.RUNNING)),
              table.put(
                  Items.lease(run.account(), Optional.empty(), lease.revision() + 1),
                  lease.unchanged())))) {
        return;
      }
    }
    throw new IllegalStateException("Run " + run.id() + " could not be marked as completed.");
  }

  @Override
  public void alerted(String account, RunId run, Instant at) {
    run(account, run).ifPresent(stored -> noteAlert(stored.alerted(at)));
  }

  private void noteAlert(Run told) {
    boolean noted =
        table.set(
            Key.of(told),
            Map.of(
                Payload.DATA, Payload.write(told, Run.class),
                Items.ALERTED_AT, AttributeValue.fromS(told.alertedAt().orElseThrow().toString())),
            stateIs(RunState.COMPLETED));
    if (!noted) {
      throw new IllegalStateException("Run " + told.id() + " is not completed.");
    }
  }

  @Override
  public Optional<Run> run(String account, RunId run) {
    return newestFirst(account, FEW).filter(stored -> stored.id().equals(run)).findFirst();
  }

  @Override
  public List<Run> runs(String account, int limit) {
    int page = Math.clamp(limit, 1, MANY);
    List<Run> found =
        newestFirst(account, page).filter(run -> !run.isDatedAhead()).limit(limit).toList();
    if (found.size() == limit) {
      return found;
    }
    return Stream.concat(found.stream(), newestFirst(account, page).filter(Run::isDatedAhead))
        .limit(limit)
        .toList();
  }

  @Override
  public List<Transition> transitions(RunId run) {
    return table
        .query(Key.run(run), Key.EVENT)
        .map(item -> Payload.read(item, Transition.class))
        .toList();
  }

  @Override
  public List<ScopeRecord> scopes(RunId run) {
    return table
        .query(Key.run(run), Key.SCOPE)
        .map(item -> Payload.read(item, ScopeRecord.class))
        .toList();
  }

  /// An account's findings as they are now; of several accounts those that the indexes name, which
  /// lag by moments.
  @Override
  public List<FindingState> findings(FindingQuery query) {
    return candidates(query).filter(query::selects).toList();
  }

  private Stream<FindingState> candidates(FindingQuery query) {
    if (query.account().isPresent()) {
      return findingsOf(query.account().get()).stream();
    }
    if (query.role().isPresent()) {
      return indexed(Index.BY_ROLE, Items.role(query.role().get()));
    }
    if (query.rule().isPresent()) {
      return indexed(Index.BY_RULE, Items.rule(query.rule().get()));
    }
    if (!query.muted() && query.statuses().stream().allMatch(Status::isLive)) {
      return Stream.of(Severity.values())
          .filter(severity -> query.severity().map(severity::atLeast).orElse(true))
          .flatMap(severity -> indexed(Index.BY_STATUS, Items.open(severity)));
    }
    return accounts().stream().flatMap(account -> findingsOf(account).stream());
  }

  private Stream<FindingState> indexed(Index index, String value) {
    return table.index(index, value).stream().map(item -> Payload.read(item, FindingState.class));
  }

  @Override
  public List<Transition> history(String findingId) {
    return table.index(Index.BY_FINDING, Items.history(findingId)).stream()
        .map(item -> Payload.read(item, Transition.class))
        .sorted(Transition.ORDER)
        .sorted(Comparator.comparing(Transition::at))
        .toList();
  }

  @Override
  public Set<String> accounts() {
    return table
        .query(Key.LEASES, "")
        .map(item -> Items.text(item, Items.ACCOUNT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public List<Mute> mutes() {
    return table.query(Key.MUTES, "").map(item -> Payload.read(item, Mute.class)).toList();
  }

  @Override
  public void putMute(Mute mute) {
    table.putAlone(Items.mute(mute));
  }

  @Override
  public boolean removeMute(String id) {
    return table.deleteAlone(Key.mute(id));
  }

  private static Run run(Map<String, AttributeValue> item) {
    return Payload.read(item, Run.class);
  }
}
