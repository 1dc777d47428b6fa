package io.github.eksidentity.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.DriftSettings;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Lifecycle;
import io.github.eksidentity.core.drift.MemoryStore;
import io.github.eksidentity.core.drift.Renames;
import io.github.eksidentity.core.drift.RunRecorder;
import io.github.eksidentity.core.drift.Status;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.report.alert.AlertMail;
import io.github.eksidentity.report.alert.FindingsPlace;
import io.github.eksidentity.report.page.TextOptions;
import io.github.eksidentity.report.text.RunText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RunJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final FindingsPlace PLACE = new FindingsPlace.Option(Optional.empty());
  private static final TextOptions TEXT = new TextOptions(80, false, false, Severity.INFO);

  private final FindingStore store = new MemoryStore().open(() -> {});

  private RunRecorder.Result.Recorded run(Day day) {
    Lifecycle lifecycle =
        new Lifecycle(
            DriftSettings.DEFAULTS,
            Renames.NONE,
            Rules.all().stream().map(Rule::id).collect(Collectors.toSet()));
    return assertInstanceOf(
        RunRecorder.Result.Recorded.class,
        new RunRecorder(store, lifecycle, InstantSource.fixed(day.now().plusSeconds(9)))
            .record(day.request(), Settings.DEFAULTS, (_, _) -> day.observed()));
  }

  private static Finding[] roles(int count) {
    return IntStream.range(0, count).mapToObj(i -> Day.onRole("app-" + i)).toArray(Finding[]::new);
  }

  private List<FindingState> everything() {
    FindingQuery live = FindingQuery.LIVE;
    return store.findings(
        new FindingQuery(
            live.account(),
            live.cluster(),
            live.role(),
            live.rule(),
            live.severity(),
            EnumSet.allOf(Status.class),
            true));
  }

  private static void keeps(String schema, String json) throws IOException {
    assertEquals(
        Set.of(),
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../../docs", schema)))
            .validate(MAPPER.readTree(json)));
    assertTrue(json.chars().allMatch(unit -> unit == '\n' || (unit >= ' ' && unit <= '~')));
  }

  /// Two days on which everything happens, the second not believed.
  private RunRecorder.Result.Recorded twoDays() {
    store.putMute(
        Mute.of("*", Day.role("app-1"), Optional.empty(), "o", "r", LocalDate.parse("2026-12-31")));
    run(Day.of(1).finds(roles(20)).finds(Day.onCluster("us-east-1", "mail")));
    return run(secondDay());
  }

  private static Day secondDay() {
    return Day.of(2)
        .finds(Day.onRole("app-1"), Day.with(Day.onRole("app-2"), Severity.LOW))
        .finds(Day.onProvider("\u001b[2J\u202e"))
        .edges(Day.associated("eu-west-1", "shop", "cart"))
        .losesRegion("us-east-1");
  }

  @Test
  void everythingKeepsThePublishedSchemas() throws IOException {
    RunRecorder.Result.Recorded second = twoDays();

    keeps("output-json.schema.json", JsonReport.render(secondDay().observed(), second, Set.of()));
    keeps("output-store.schema.json", RunJson.findings(everything()));
    keeps("output-store.schema.json", RunJson.runs(store.runs(Day.ACCOUNT, 10)));
    keeps("output-store.schema.json", RunJson.mutes(store.mutes(), Day.FIRST));
    for (FindingState state : everything()) {
      keeps("output-store.schema.json", RunJson.history(state, store.history(state.id())));
    }
  }

  @Test
  void whatIsHeldIsNotAmongTheTransitions() throws IOException {
    JsonNode report =
        MAPPER.readTree(JsonReport.render(secondDay().observed(), twoDays(), Set.of()));

    assertTrue(report.at("/run/suspect").booleanValue());
    assertEquals(18, report.get("held").size());
    assertEquals("resolved", report.at("/held/0/transition").textValue());
    assertEquals("payments/cart", report.at("/edgesAdded/0/serviceAccount").textValue());
    assertEquals(report.at("/edges/0"), report.at("/edgesAdded/0"));
    assertEquals(
        Set.of("changed", "opened", "unverified"),
        Set.copyOf(report.get("transitions").findValuesAsText("transition")));
  }

  @Test
  void textSaysWhatHappenedAndNoNameCommandsATerminal() {
    RunRecorder.Result.Recorded second = twoDays();
    Digest digest = Digest.of(store, second.run());
    String summary = RunText.summary(second, TEXT);
    String mail = AlertMail.of(digest, PLACE).orElseThrow();
    String all =
        summary
            + mail
            + RunText.findings(everything(), TEXT)
            + RunText.runs(store.runs(Day.ACCOUNT, 10), TEXT)
            + RunText.mutes(store.mutes(), Day.FIRST, TEXT)
            + everything().stream()
                .map(state -> RunText.history(state, store.history(state.id()), TEXT))
                .collect(Collectors.joining());

    assertTrue(all.chars().noneMatch(unit -> unit == '\u001b' || unit == '\u202e'), all);
    assertTrue(summary.contains("1 opened, 1 changed, 1 unverified, 18 held"), summary);
    assertTrue(summary.contains("suspect"), summary);
    assertTrue(
        mail.startsWith(
            """
            111122223333: 18 held, 1 low new, 1 changed, 1 scope lost, 1 edge added
            How bad: 2 low.
            Audit: NOT complete, 1 scope not read to the end, and NOT BELIEVED YET.
            """),
        mail);
    assertTrue(mail.indexOf("HELD, NOT RESOLVED") < mail.indexOf("NEW OR CHANGED"), mail);
    assertTrue(mail.contains("LOW  trust-no-condition  (was critical)"), mail);
    assertTrue(mail.contains("clusters in us-east-1: access denied; 1 finding unverified"), mail);
  }

  @Test
  void aFirstRunIsAFewLines() {
    Digest digest = Digest.of(store, run(Day.of(1).finds(roles(30))).run());
    String mail = AlertMail.of(digest, PLACE).orElseThrow();

    assertEquals(Scope.account(Scope.Kind.IAM), digest.baseline().getFirst().scope());
    assertTrue(
        mail.contains("roles and trust policies: 30 findings (30 critical), the worst:"), mail);
    assertEquals(5, mail.lines().filter(line -> line.contains("CRITICAL ")).count());
    Digest same = Digest.of(store, run(Day.of(2).finds(roles(30))).run());
    assertEquals(Optional.empty(), AlertMail.of(same, PLACE));
  }
}
