package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Partition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The items of the table: the whole record, and beside it what people and indexes query by.
/// template.yaml declares the indexes and which attributes they show.
final class Items {
  static final String STATE = "state";
  static final String REVISION = "revision";
  static final String ACCOUNT = "accountId";
  static final String RUN_ID = "runId";
  static final String ALERTED_AT = "alertedAt";
  static final String HOLDER = "holder";
  static final String HOLDER_NOW = "holderNow";
  static final String TTL = "ttl";

  /// How long runs, their events and their scopes are kept.
  private static final Duration KEPT = Duration.ofDays(400);

  /// The whole text is in the record; beside it a list needs no more than this.
  private static final int LONGEST_TEXT = 1_000;

  private Items() {}

  static Map<String, AttributeValue> finding(FindingState state) {
    Finding finding = state.finding();
    Map<String, AttributeValue> item = item(Key.of(finding));
    item.put(Payload.DATA, Payload.write(Fitting.fit(state), FindingState.class));
    item.put(REVISION, number(state.revision()));
    describe(item, state);
    state.expires().ifPresent(end -> item.put(TTL, number(end.getEpochSecond())));
    String status = state.status().id();
    String rank = rank(finding.severity());
    String id = Key.name(finding.id());
    String rule = Key.name(finding.rule());
    String account = Key.name(finding.account());
    finding
        .cluster()
        .ifPresent(
            cluster ->
                index(
                    item,
                    "GSI1",
                    "CLUSTER#" + clusterArn(finding, cluster),
                    Key.join(status, rank, rule, id)));
    finding.role().ifPresent(role -> index(item, "GSI2", role(role), Key.join(status, rank, id)));
    if (state.status().isLive() && !state.muted()) {
      index(
          item,
          "GSI3",
          open(finding.severity()),
          Key.join(account, Key.name(finding.region()), rule, id));
    }
    index(item, "GSI4", rule(finding.rule()), Key.join(status, account, id));
    return item;
  }

  /// Where the index byRole has the findings of a role.
  static String role(String arn) {
    return "ROLE#" + arn;
  }

  /// Where the index byRule has the findings of a rule.
  static String rule(String id) {
    return "RULE#" + id;
  }

  /// Where the index byStatus has what is live, not muted and of this severity.
  static String open(Severity severity) {
    return "OPEN#" + severity.id().toUpperCase(Locale.ROOT);
  }

  static Map<String, AttributeValue> event(Transition transition) {
    FindingState state = transition.after();
    Map<String, AttributeValue> item =
        item(Key.event(transition.run(), state.id(), transition.kind()));
    item.put(Payload.DATA, Payload.write(Fitting.fit(transition), Transition.class));
    describe(item, state);
    put(item, RUN_ID, transition.run().value());
    put(item, "finding", state.id());
    put(item, "transition", transition.kind().id());
    item.put("baseline", AttributeValue.fromBool(transition.baseline().isPresent()));
    item.put("held", AttributeValue.fromBool(transition.held()));
    item.put(TTL, expiry(transition.at()));
    index(
        item,
        "GSI5",
        history(state.id()),
        Key.join(Key.sortable(transition.at()), transition.run().value()));
    return item;
  }

  /// Where the index byFinding has the events of a finding.
  static String history(String finding) {
    return "FIND#" + finding;
  }

  static Map<String, AttributeValue> scope(Run run, ScopeRecord scope) {
    Map<String, AttributeValue> item = item(Key.scope(run, scope.scope()));
    item.put(Payload.DATA, Payload.write(Fitting.fit(scope), ScopeRecord.class));
    put(item, RUN_ID, run.id().value());
    put(item, ACCOUNT, run.account());
    put(item, "scope", scope.scope().toString());
    put(item, "coverage", scope.coverage().status());
    put(item, "reason", scope.coverage().reason());
    item.put(TTL, expiry(run.now()));
    return item;
  }

  static Map<String, AttributeValue> run(Run run) {
    Map<String, AttributeValue> item = item(Key.of(run));
    item.put(Payload.DATA, Payload.write(run, Run.class));
    put(item, RUN_ID, run.id().value());
    put(item, ACCOUNT, run.account());
    put(item, STATE, run.state().id());
    item.put("complete", AttributeValue.fromBool(run.complete()));
    item.put("suspect", AttributeValue.fromBool(run.suspect()));
    run.completedAt().ifPresent(at -> put(item, "completedAt", at.toString()));
    run.alertedAt().ifPresent(at -> put(item, ALERTED_AT, at.toString()));
    item.put(TTL, expiry(run.now()));
    return item;
  }

  /// @param holder the account's running run, empty where there is none
  static Map<String, AttributeValue> lease(String account, Optional<Run> holder, int revision) {
    Map<String, AttributeValue> item = item(Key.lease(account));
    put(item, ACCOUNT, account);
    item.put(REVISION, number(revision));
    holder.ifPresent(
        run -> {
          put(item, HOLDER, run.id().value());
          put(item, HOLDER_NOW, run.now().toString());
          put(item, "until", run.leaseUntil().toString());
        });
    return item;
  }

  static Map<String, AttributeValue> mute(Mute mute) {
    Map<String, AttributeValue> item = item(Key.mute(mute.id()));
    item.put(Payload.DATA, Payload.write(mute, Mute.class));
    put(item, "muteId", mute.id());
    put(item, "rule", mute.rule());
    put(item, "resource", mute.resource());
    put(item, ACCOUNT, mute.account().orElse("*"));
    put(item, "owner", mute.owner());
    put(item, "reason", mute.reason());
    put(item, "until", mute.until().toString());
    return item;
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /// The text of an attribute.
  ///
  /// @throws IllegalStateException where something else than this program has written the item
  static String text(Map<String, AttributeValue> item, String name) {
    return optionalText(item, name)
        .orElseThrow(() -> new IllegalStateException("An item of the table has no " + name + "."));
  }

  static Optional<String> optionalText(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  private static void describe(Map<String, AttributeValue> item, FindingState state) {
    Finding finding = state.finding();
    put(item, ACCOUNT, finding.account());
    put(item, "region", finding.region());
    put(item, "clusterName", finding.cluster().orElse(Key.NONE));
    put(item, "resource", finding.resource());
    put(item, "roleArn", finding.role().orElse(Key.NONE));
    put(item, "rule", finding.rule());
    put(item, "severity", finding.severity().id());
    put(item, "title", finding.title());
    put(item, "status", state.status().id());
    item.put("muted", AttributeValue.fromBool(state.muted()));
    put(item, "firstSeen", state.firstSeen().toString());
    put(item, "lastSeen", state.lastSeen().toString());
  }

  private static String clusterArn(Finding finding, String cluster) {
    return new Arn(
            Partition.ofRegion(finding.region()).id(),
            "eks",
            finding.region(),
            finding.account(),
            "cluster/" + cluster)
        .toString();
  }

  private static Map<String, AttributeValue> item(Key key) {
    return new HashMap<>(key.attributes());
  }

  private static void index(
      Map<String, AttributeValue> item, String index, String partition, String sort) {
    put(item, index + "PK", partition);
    put(item, index + "SK", sort);
  }

  private static void put(Map<String, AttributeValue> item, String name, String value) {
    String text = value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT);
    item.put(name, AttributeValue.fromS(Key.wellFormed(text)));
  }

  private static AttributeValue expiry(Instant from) {
    return number(from.plus(KEPT).getEpochSecond());
  }

  /// Puts the worst first in an index.
  private static String rank(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "1";
      case HIGH -> "2";
      case MEDIUM -> "3";
      case LOW -> "4";
      case INFO -> "5";
    };
  }
}
