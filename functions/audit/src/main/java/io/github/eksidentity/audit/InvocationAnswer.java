package io.github.eksidentity.audit;

import io.github.eksidentity.audit.AccountOutcome.Outdated;
import io.github.eksidentity.audit.AccountOutcome.Recorded;
import io.github.eksidentity.audit.AccountOutcome.Unfinished;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.util.List;

/// What the function returns to who invoked it and waits.
final class InvocationAnswer {
  private InvocationAnswer() {}

  static String of(List<AccountOutcome> outcomes) {
    return JsonWriter.object(
        Layout.LINE,
        json ->
            json.objects(
                "accounts",
                outcomes,
                (out, outcome) -> write(out.text("account", outcome.account()), outcome)));
  }

  private static void write(JsonWriter json, AccountOutcome outcome) {
    switch (outcome) {
      case Recorded(_, Run run, boolean again) ->
          json.text("run", run.id().value())
              .text("outcome", again ? "completed before" : "completed")
              .flag("complete", run.complete())
              .flag("suspect", run.suspect())
              .object(
                  "transitions",
                  counts ->
                      run.counts()
                          .transitions()
                          .forEach((kind, count) -> counts.number(kind.id(), count)));
      case Outdated(_, RunId newer) ->
          json.text("outcome", "a later run is known").text("run", newer.value());
      case Unfinished(_, String reason) ->
          json.text("outcome", "unfinished").text("reason", reason);
    }
  }
}
