package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
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
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Runs, and the findings that are kept from run to run, as JSON in the form that
/// `docs/output-json.md` describes. ASCII only, so that no name can command a terminal.
public final class RunJson {
  private RunJson() {}

  /// The members that an audit has because it was recorded, from `run` on.
  static void drift(JsonGenerator out, RunRecorder.Result.Recorded recorded) throws IOException {
    Run run = recorded.run();
    out.writeObjectFieldStart("run");
    out.writeStringField("id", run.id().value());
    out.writeStringField("account", run.account());
    out.writeStringField("startedAt", run.startedAt().toString());
    time(out, "completedAt", run.completedAt());
    out.writeBooleanField("complete", run.complete());
    out.writeBooleanField("suspect", run.suspect());
    out.writeEndObject();
    transitions(out, "transitions", recorded.transitions(), transition -> !transition.held());
    transitions(out, "held", recorded.transitions(), Transition::held);
    ScopeEdges edges = ScopeEdges.changes(recorded.scopes());
    AccessJson.edges(out, "edgesAdded", edges.added());
    AccessJson.edges(out, "edgesRemoved", edges.removed());
  }

  private static void transitions(
      JsonGenerator out, String name, List<Transition> all, Predicate<Transition> which)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Transition transition : all.stream().filter(which).toList()) {
      Finding finding = transition.after().finding();
      out.writeStartObject();
      out.writeStringField("finding", finding.id());
      out.writeStringField("rule", finding.rule());
      out.writeStringField("resource", finding.resource());
      out.writeStringField("account", finding.account());
      out.writeStringField("region", finding.region());
      AsciiJson.text(out, "cluster", finding.cluster());
      out.writeStringField("severity", finding.severity().id());
      out.writeStringField("transition", transition.kind().id());
      out.writeBooleanField("baseline", transition.baseline().isPresent());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /// An object with `findings`: the members of an audit's findings, and how each stands.
  public static String findings(List<FindingState> states) {
    return AsciiJson.render(
        out -> {
          begin(out);
          out.writeArrayFieldStart("findings");
          for (FindingState state : states) {
            state(out, state);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  /// An object with `finding` and its `history`, oldest first.
  public static String history(FindingState state, List<Transition> history) {
    return AsciiJson.render(
        out -> {
          begin(out);
          out.writeFieldName("finding");
          state(out, state);
          out.writeArrayFieldStart("history");
          for (Transition transition : history) {
            event(out, transition);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void begin(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", JsonReport.VERSION);
  }

  private static void state(JsonGenerator out, FindingState state) throws IOException {
    out.writeStartObject();
    FindingJson.members(out, state.finding());
    out.writeStringField("status", state.status().id());
    out.writeBooleanField("muted", state.muted());
    out.writeStringField("firstSeen", state.firstSeen().toString());
    out.writeStringField("lastSeen", state.lastSeen().toString());
    time(out, "resolvedAt", state.resolvedAt());
    AsciiJson.text(out, "resolution", state.resolution().map(Resolution::id));
    out.writeNumberField("reopenCount", state.reopenCount());
    out.writeEndObject();
  }

  private static void event(JsonGenerator out, Transition transition) throws IOException {
    out.writeStartObject();
    out.writeStringField("run", transition.run().value());
    out.writeStringField("at", transition.at().toString());
    out.writeStringField("transition", transition.kind().id());
    AsciiJson.text(
        out, "severityBefore", transition.before().map(before -> before.finding().severity().id()));
    out.writeStringField("severity", transition.after().finding().severity().id());
    out.writeBooleanField("baseline", transition.baseline().isPresent());
    out.writeBooleanField("held", transition.held());
    FindingJson.scopes(out, transition.scopes());
    out.writeEndObject();
  }

  /// An object with `runs`, latest first.
  public static String runs(List<Run> runs) {
    return AsciiJson.render(
        out -> {
          begin(out);
          out.writeArrayFieldStart("runs");
          for (Run run : runs) {
            run(out, run);
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  private static void run(JsonGenerator out, Run run) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", run.id().value());
    out.writeStringField("account", run.account());
    out.writeStringField("now", run.now().toString());
    out.writeStringField("startedAt", run.startedAt().toString());
    time(out, "completedAt", run.completedAt());
    out.writeStringField("state", run.state().id());
    out.writeBooleanField("complete", run.complete());
    out.writeBooleanField("suspect", run.suspect());
    out.writeObjectFieldStart("transitions");
    for (TransitionKind kind : TransitionKind.values()) {
      out.writeNumberField(kind.id(), run.counts().of(kind));
    }
    out.writeEndObject();
    out.writeNumberField("baseline", run.counts().baseline());
    out.writeNumberField("held", run.counts().held());
    AsciiJson.texts(out, "adopts", run.adopts().stream().map(RunId::value).toList());
    time(out, "alertedAt", run.alertedAt());
    out.writeEndObject();
  }

  private static void time(JsonGenerator out, String name, Optional<Instant> time)
      throws IOException {
    AsciiJson.text(out, name, time.map(Instant::toString));
  }

  /// The mutes as an object with `mutes`.
  public static String mutes(List<Mute> mutes, Instant now) {
    return AsciiJson.render(
        out -> {
          begin(out);
          out.writeArrayFieldStart("mutes");
          for (Mute mute : mutes) {
            out.writeStartObject();
            out.writeStringField("id", mute.id());
            out.writeStringField("rule", mute.rule());
            out.writeStringField("resource", mute.resource());
            AsciiJson.text(out, "account", mute.account());
            out.writeStringField("owner", mute.owner());
            out.writeStringField("reason", mute.reason());
            out.writeStringField("until", mute.until().toString());
            out.writeBooleanField("inForce", mute.inForce(now));
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }
}
