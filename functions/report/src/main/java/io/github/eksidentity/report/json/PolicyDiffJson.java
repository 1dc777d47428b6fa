package io.github.eksidentity.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.eksidentity.core.access.PolicyDiff;
import io.github.eksidentity.core.policy.admit.AdmissionChange.Undetermined;
import io.github.eksidentity.core.policy.admit.Callers;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.admit.PrincipalChange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The difference of two trust policies as JSON, in the form that `docs/policy-diff.md` describes.
public final class PolicyDiffJson {
  private static final int VERSION = 1;
  private static final Callers.Match ANYTHING = new Callers.Match(List.of(), List.of());

  private final JsonGenerator out;

  private PolicyDiffJson(JsonGenerator out) {
    this.out = out;
  }

  /// The whole difference with a line break at its end; members are never left out.
  public static String render(PolicyDiff diff) {
    return AsciiJson.render(out -> new PolicyDiffJson(out).write(diff));
  }

  private void write(PolicyDiff diff) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", VERSION);
    out.writeStringField("verdict", id(diff.verdict()));
    out.writeArrayFieldStart("ways");
    for (PolicyDiff.Way way : diff.ways()) {
      way(way);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("otherPrincipals");
    for (PrincipalChange other : diff.others()) {
      out.writeStartObject();
      out.writeStringField("principal", other.principal());
      out.writeStringField("change", id(other.kind()));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void way(PolicyDiff.Way way) throws IOException {
    out.writeStartObject();
    out.writeStringField("mechanism", way.provider().isPresent() ? "irsa" : "pod-identity");
    AsciiJson.text(out, "provider", way.provider());
    callers("gained", way.change().gained());
    callers("lost", way.change().lost());
    out.writeArrayFieldStart("undetermined");
    for (Undetermined undetermined : way.change().undetermined()) {
      out.writeStartObject();
      out.writeStringField("reason", undetermined.reason());
      example(undetermined.example());
      out.writeBooleanField("mayGain", undetermined.mayGain());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void callers(String name, List<Callers> all) throws IOException {
    out.writeArrayFieldStart(name);
    for (Callers callers : all) {
      out.writeStartObject();
      out.writeObjectFieldStart("claims");
      for (Claim claim : callers.example().keySet()) {
        Callers.Match match = callers.claims().getOrDefault(claim, ANYTHING);
        out.writeObjectFieldStart(claim.id());
        AsciiJson.texts(out, "all", match.all());
        AsciiJson.texts(out, "none", match.none());
        out.writeEndObject();
      }
      out.writeEndObject();
      example(Optional.of(callers.example()));
      AsciiJson.texts(out, "conditions", callers.conditions());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void example(Optional<Map<Claim, String>> example) throws IOException {
    if (example.isEmpty()) {
      out.writeNullField("example");
      return;
    }
    out.writeObjectFieldStart("example");
    for (Map.Entry<Claim, String> entry : example.get().entrySet()) {
      out.writeStringField(entry.getKey().id(), entry.getValue());
    }
    out.writeEndObject();
  }
}
