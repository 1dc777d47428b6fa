package io.github.eksidentity.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.audit.AccountOutcome.Outdated;
import io.github.eksidentity.audit.AccountOutcome.Recorded;
import io.github.eksidentity.audit.AccountOutcome.Unfinished;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/// What the function returns to who invoked it and waits.
final class Answer {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Answer() {}

  static String of(List<AccountOutcome> outcomes) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("accounts");
      for (AccountOutcome outcome : outcomes) {
        json.writeStartObject();
        json.writeStringField("account", outcome.account());
        write(json, outcome);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, AccountOutcome outcome) throws IOException {
    switch (outcome) {
      case Recorded(_, Run run, boolean again) -> {
        json.writeStringField("run", run.id().value());
        json.writeStringField("outcome", again ? "completed before" : "completed");
        json.writeBooleanField("complete", run.complete());
        json.writeBooleanField("suspect", run.suspect());
        json.writeObjectFieldStart("transitions");
        for (var entry : run.counts().transitions().entrySet()) {
          json.writeNumberField(entry.getKey().id(), entry.getValue());
        }
        json.writeEndObject();
      }
      case Outdated(_, RunId newer) -> {
        json.writeStringField("outcome", "a later run is known");
        json.writeStringField("run", newer.value());
      }
      case Unfinished(_, String reason) -> {
        json.writeStringField("outcome", "unfinished");
        json.writeStringField("reason", reason);
      }
    }
  }
}
