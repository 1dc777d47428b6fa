package io.github.eksidentity.report.json;

import io.github.eksidentity.core.access.PolicyDiff;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.core.policy.admit.Callers;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.admit.TextPattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The difference of two trust policies as JSON, in the form that `docs/policy-diff.md` describes.
public final class PolicyDiffJson {
  private static final int VERSION = 1;
  private static final Callers.Match ANYTHING = new Callers.Match(List.of(), List.of());

  private PolicyDiffJson() {}

  /// The whole difference with a line break at its end; members are never left out.
  public static String render(PolicyDiff diff) {
    return JsonWriter.object(
        Layout.ASCII_REPORT,
        out ->
            out.number("version", VERSION)
                .text("verdict", id(diff.verdict()))
                .objects("ways", diff.ways(), PolicyDiffJson::way)
                .objects(
                    "otherPrincipals",
                    diff.others(),
                    (json, other) ->
                        json.text("principal", other.principal())
                            .text("change", id(other.kind()))));
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void way(JsonWriter out, PolicyDiff.Way way) {
    out.text("mechanism", way.provider().isPresent() ? "irsa" : "pod-identity")
        .textOrNull("provider", way.provider())
        .objects("gained", way.change().gained(), PolicyDiffJson::callers)
        .objects("lost", way.change().lost(), PolicyDiffJson::callers)
        .objects(
            "undetermined",
            way.change().undetermined(),
            (json, undetermined) ->
                json.text("reason", undetermined.reason())
                    .objectOrNull("example", undetermined.example(), PolicyDiffJson::example)
                    .flag("mayGain", undetermined.mayGain()));
  }

  private static void callers(JsonWriter out, Callers callers) {
    out.object(
            "claims",
            claims -> callers.example().keySet().forEach(claim -> claim(claims, callers, claim)))
        .object("example", example -> example(example, callers.example()))
        .texts("conditions", callers.conditions());
  }

  private static void claim(JsonWriter out, Callers callers, Claim claim) {
    Callers.Match match = callers.claims().getOrDefault(claim, ANYTHING);
    out.object(
        claim.id(),
        json -> json.texts("all", shell(match.all())).texts("none", shell(match.none())));
  }

  private static List<String> shell(List<TextPattern> patterns) {
    return patterns.stream().map(TextPattern::shell).toList();
  }

  private static void example(JsonWriter out, Map<Claim, String> example) {
    example.forEach((claim, value) -> out.text(claim.id(), value));
  }
}
