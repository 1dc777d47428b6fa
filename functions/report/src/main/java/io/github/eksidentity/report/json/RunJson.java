package io.github.eksidentity.report.json;

import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Resolution;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.drift.ScopeEdges;
import io.github.eksidentity.core.drift.Transition;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Runs, and the findings that are kept from run to run, as JSON in the form that
/// `docs/output-json.md` describes. ASCII only, so that no name can command a terminal.
public final class RunJson {
  private RunJson() {}

  /// The members that an audit has because it was recorded, from `run` on.
  static void drift(JsonWriter out, RunRecorder.Result.Recorded recorded) {
    Run run = recorded.run();
    out.object(
        "run",
        json -> {
          began(json, run, run.account());
          json.flag("complete", run.complete()).flag("suspect", run.suspect());
        });
    transitions(out, "transitions", recorded.transitions(), transition -> !transition.held());
    transitions(out, "held", recorded.transitions(), Transition::held);
    ScopeEdges edges = ScopeEdges.changes(recorded.scopes());
    AccessJson.edges(out, "edgesAdded", edges.added());
    AccessJson.edges(out, "edgesRemoved", edges.removed());
  }

  /// Which run it is, and its times.
  public static void began(JsonWriter out, Run run, String account) {
    out.text("id", run.id().value())
        .text("account", account)
        .text("startedAt", run.startedAt().toString());
    time(out, "completedAt", run.completedAt());
  }

  private static void transitions(
      JsonWriter out, String name, List<Transition> all, Predicate<Transition> which) {
    out.objects(name, all.stream().filter(which).toList(), RunJson::transition);
  }

  private static void transition(JsonWriter out, Transition transition) {
    Finding finding = transition.after().finding();
    out.text("finding", finding.id())
        .text("rule", finding.rule())
        .text("resource", finding.resource())
        .text("account", finding.account())
        .text("region", finding.region())
        .textOrNull("cluster", finding.cluster())
        .text("severity", finding.severity().id())
        .text("transition", transition.kind().id())
        .flag("baseline", transition.baseline().isPresent());
  }

  /// An object with `findings`: the members of an audit's findings, and how each stands.
  public static String findings(List<FindingState> states) {
    return versioned(out -> out.objects("findings", states, RunJson::state));
  }

  /// An object with `finding` and its `history`, oldest first.
  public static String history(FindingState state, List<Transition> history) {
    return versioned(
        out ->
            out.object("finding", finding -> state(finding, state))
                .objects("history", history, RunJson::event));
  }

  private static String versioned(Consumer<JsonWriter> members) {
    return JsonWriter.object(
        Layout.ASCII_REPORT, out -> members.accept(out.number("version", JsonReport.VERSION)));
  }

  private static void state(JsonWriter out, FindingState state) {
    FindingJson.members(out, state.finding());
    out.text("status", state.status().id())
        .flag("muted", state.muted())
        .text("firstSeen", state.firstSeen().toString())
        .text("lastSeen", state.lastSeen().toString());
    time(out, "resolvedAt", state.resolvedAt())
        .textOrNull("resolution", state.resolution().map(Resolution::id))
        .number("reopenCount", state.reopenCount());
  }

  private static void event(JsonWriter out, Transition transition) {
    out.text("run", transition.run().value())
        .text("at", transition.at().toString())
        .text("transition", transition.kind().id())
        .textOrNull(
            "severityBefore", transition.before().map(before -> before.finding().severity().id()))
        .text("severity", transition.after().finding().severity().id())
        .flag("baseline", transition.baseline().isPresent())
        .flag("held", transition.held());
    FindingJson.scopes(out, transition.scopes());
  }

  /// An object with `runs`, latest first.
  public static String runs(List<Run> runs) {
    return versioned(out -> out.objects("runs", runs, RunJson::run));
  }

  private static void run(JsonWriter out, Run run) {
    out.text("id", run.id().value())
        .text("account", run.account())
        .text("now", run.now().toString())
        .text("startedAt", run.startedAt().toString());
    time(out, "completedAt", run.completedAt())
        .text("state", run.state().id())
        .flag("complete", run.complete())
        .flag("suspect", run.suspect())
        .object(
            "transitions",
            counts -> {
              for (TransitionKind kind : TransitionKind.values()) {
                counts.number(kind.id(), run.counts().of(kind));
              }
            })
        .number("baseline", run.counts().baseline())
        .number("held", run.counts().held())
        .texts("adopts", run.adopts().stream().map(RunId::value).toList());
    time(out, "alertedAt", run.alertedAt());
  }

  private static JsonWriter time(JsonWriter out, String name, Optional<Instant> time) {
    return out.textOrNull(name, time.map(Instant::toString));
  }

  /// The mutes as an object with `mutes`.
  public static String mutes(List<Mute> mutes, Instant now) {
    return versioned(
        out ->
            out.objects(
                "mutes",
                mutes,
                (json, mute) ->
                    json.text("id", mute.id())
                        .text("rule", mute.rule())
                        .text("resource", mute.resource())
                        .textOrNull("account", mute.account())
                        .text("owner", mute.owner())
                        .text("reason", mute.reason())
                        .text("until", mute.until().toString())
                        .flag("inForce", mute.inForce(now))));
  }
}
