package io.github.eksidentity.report.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.Status;
import io.github.eksidentity.core.drift.TransitionKind;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AlertTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final FindingsPlace TABLE = AlertMailTest.TABLE;

  /// Every kind of digest, the ones that do not fit included.
  static Stream<Named<Digest>> digests() {
    return everyKind().map(digest -> Named.of(digest.opened().size() + " opened", digest));
  }

  private static Stream<Digest> everyKind() {
    Finding huge = huge("😀*_`<!channel>&\u202e\"\\\n".repeat(20_000));
    Digests many = new Digests();
    for (int i = 0; i < 100; i++) {
      String name = "region-" + i + "\u202e".repeat(300);
      many.loses(Scope.region(name), new Coverage.Failed(huge.title(), Optional.of(name)), i)
          .regains(Scope.region(name), i)
          .firstReads(Scope.region(name), huge, huge, huge, huge, huge, huge);
    }
    return Stream.concat(
        Stream.of(
            new Digests().opens(TransitionKind.OPENED, Samples.literalWildcard()).digest(),
            new Digests()
                .opens(TransitionKind.UNMUTED, Samples.hostile())
                .digest("\"\n\u202e<script>" + "9".repeat(5000)),
            new Digests().opens(TransitionKind.OPENED, AlertMailTest.open(0, 10_000)).digest(),
            new Digests().holds(AlertMailTest.open(0, 10_000)).digest(),
            new Digests().resolves(AlertMailTest.open(0, 10_000)).digest(),
            new Digests()
                .opens(
                    TransitionKind.OPENED,
                    Stream.generate(() -> huge).limit(25).toArray(Finding[]::new))
                .changes(Samples.hostile(), huge)
                .digest(),
            new Digests().adds(edges("x", 10_000)).removes(edges(huge.title(), 30)).digest(),
            many.adds(edges("y", 1)).digest()),
        IntStream.range(0, 20).mapToObj(seed -> random(new Random(seed))));
  }

  private static Edge[] edges(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> AlertMailTest.edge(name + i))
        .toArray(Edge[]::new);
  }

  private static Finding huge(String text) {
    return new Finding(
        "f1-" + "0".repeat(20),
        "trust-no-condition",
        Severity.CRITICAL,
        Samples.ACCOUNT,
        text,
        Optional.of(text),
        text,
        Optional.of(text),
        text,
        List.of(Evidence.of(text).withValue(text)),
        Optional.of(text),
        Remediation.decide(text, text),
        Set.of());
  }

  private static Digest random(Random random) {
    Digests digests = new Digests().mutes(random.nextInt(3));
    for (int i = random.nextInt(60); i >= 0; i--) {
      Finding finding = AlertMailTest.open(random.nextInt(1000), severity(random));
      Finding odd = random.nextInt(4) == 0 ? huge(text(random)) : finding;
      switch (random.nextInt(6)) {
        case 0 -> digests.opens(TransitionKind.OPENED, odd);
        case 1 -> digests.opens(TransitionKind.REOPENED, odd);
        case 2 -> digests.changes(finding, odd);
        case 3 -> digests.resolves(odd);
        case 4 -> digests.holds(odd);
        case 5 -> digests.loses(Scope.region(text(random)), Digests.DENIED, i);
        default -> throw new AssertionError("nextInt(6) is below 6");
      }
    }
    return digests.opens(TransitionKind.OPENED, AlertMailTest.open(1, Severity.INFO)).digest();
  }

  private static Severity severity(Random random) {
    return List.of(Severity.values()).get(random.nextInt(Severity.values().length));
  }

  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(3_000), 0, 0x10FFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @MethodSource("digests")
  void anyDigestKeepsEveryLimitOfSns(Digest digest) throws IOException {
    Alert alert = Alert.of(digest, TABLE).orElseThrow();

    assertTrue(alert.bytes() <= Alert.MOST_BYTES, () -> alert.bytes() + " bytes");
    assertTrue(alert.subject().matches("[ -~]{1,99}"), alert.subject());
    assertTrue(alert.attributes().size() <= 10);
    alert.attributes().values().forEach(value -> assertTrue(!value.value().isEmpty()));
    JsonNode forms = forms(alert);
    assertEquals(Set.of("default", "email", "https", "lambda", "sqs"), names(forms));
    JsonNode machine = MAPPER.readTree(forms.get("default").textValue());
    assertEquals(forms.get("default"), forms.get("sqs"));
    assertEquals(forms.get("default"), forms.get("lambda"));
    int told = digest.opened().size() + digest.changed().size() + digest.resolved().size();
    assertEquals(
        told,
        machine.get("transitions").size() + machine.get("omitted").path("transitions").asInt(0));
    assertEquals(
        digest.edges().added().size(),
        machine.get("edgesAdded").size() + machine.get("omitted").path("edgesAdded").asInt(0));
    assertEquals(!machine.get("omitted").isEmpty(), machine.get("truncated").booleanValue());
  }

  /// What each kind of subscriber gets, held against its schema.
  private static JsonNode forms(Alert alert) throws IOException {
    JsonNode forms = MAPPER.readTree(alert.message());
    keeps(Path.of("../../docs/alert-json.schema.json"), forms.get("default"));
    keeps(Path.of("src/test/resources/amazon-q-notification.schema.json"), forms.get("https"));
    return forms;
  }

  private static void keeps(Path schema, JsonNode text) throws IOException {
    assertEquals(
        Set.of(),
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(schema))
            .validate(MAPPER.readTree(text.textValue())));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new java.util.TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void programsGetTheWordsOfTheAuditsOwnOutput() throws IOException {
    JsonNode machine =
        MAPPER.readTree(
            forms(
                    Alert.of(
                            new Digests()
                                .changes(
                                    Samples.hostile(), Day.with(Samples.hostile(), Severity.HIGH))
                                .loses(Scope.region("eu-west-3"), Digests.DENIED, 2)
                                .digest(),
                            TABLE)
                        .orElseThrow())
                .get("sqs")
                .textValue());

    JsonNode changed = machine.at("/transitions/0");
    assertEquals("changed", changed.get("transition").textValue());
    assertEquals("low", changed.get("previousSeverity").textValue());
    assertEquals(Samples.HOSTILE, changed.get("cluster").textValue());
    assertEquals("eks:ListClusters", machine.at("/coverage/lost/0/permission").textValue());
    assertEquals("partial", machine.get("status").textValue());
  }

  @Test
  void theExampleEventHoldsSuchAMessage() throws IOException {
    JsonNode event = MAPPER.readTree(Files.readString(Path.of("../../events/digest.json")));
    keeps(Path.of("../../docs/alert-json.schema.json"), event.at("/Records/0/Sns/Message"));
  }

  @Test
  void inChatNoNameFormatsMentionsOrVanishes() throws IOException {
    Finding finding =
        Samples.finding(
            "trust-subject-wildcard",
            Severity.HIGH,
            Optional.of("prod"),
            Samples.role("<!channel>_x_"),
            "Statement 1 lets system:serviceaccount:*:* in & all",
            List.of(Evidence.of("it does")),
            Remediation.decide("Name `one` namespace."));

    JsonNode chat =
        MAPPER.readTree(
            forms(
                    Alert.of(new Digests().opens(TransitionKind.OPENED, finding).digest(), TABLE)
                        .orElseThrow())
                .get("https")
                .textValue());

    assertEquals(
        """
        Account `111122223333`. How bad: 1 high. The audit was complete.
        • *HIGH* `trust-subject-wildcard` (new)
        `role &lt;!channel&gt;_x_, cluster prod in eu-west-1`
        `Statement 1 lets system:serviceaccount:*:* in &amp; all`\
        """,
        chat.at("/content/description").textValue());
    assertEquals("`Name 'one' namespace.`", chat.at("/content/nextSteps/0").textValue());
    assertEquals("eks-identity-111122223333", chat.at("/metadata/threadId").textValue());
  }

  @Test
  void whatDoesNotFitIsCutToWholeEntriesAsLateAsPossible() throws IOException {
    Alert alert =
        Alert.of(
                new Digests().opens(TransitionKind.OPENED, AlertMailTest.open(0, 10_000)).digest(),
                TABLE)
            .orElseThrow();

    assertTrue(alert.bytes() > Alert.MOST_BYTES - 3000, () -> alert.bytes() + " bytes");
    JsonNode machine = MAPPER.readTree(MAPPER.readTree(alert.message()).get("default").textValue());
    assertTrue(machine.get("truncated").booleanValue());
    assertEquals(10_000, machine.at("/counts/opened").intValue());
    assertEquals(
        "[EKS identity] 10000 high new - " + Samples.ACCOUNT, machine.get("title").textValue());
  }

  @Test
  void subjectsSayTheMostImportantFirst() {
    assertEquals(
        "[EKS identity] 2 critical new, 1 resolved - 111122223333 (partial)",
        subject(
            new Digests()
                .opens(
                    TransitionKind.OPENED,
                    AlertMailTest.open(1, Severity.CRITICAL),
                    AlertMailTest.open(2, Severity.CRITICAL))
                .resolves(AlertMailTest.open(3, Severity.LOW))
                .lacks(Scope.region("eu-west-3"), Digests.DENIED)));
    assertEquals(
        "[EKS identity] 1 held, 1 low new - 111122223333 (suspect)",
        subject(
            new Digests()
                .holds(AlertMailTest.open(3, Severity.LOW))
                .opens(TransitionKind.OPENED, AlertMailTest.open(1, Severity.LOW))));
    Digests much = new Digests();
    for (Severity severity : List.of(Severity.values()).reversed()) {
      much.opens(TransitionKind.OPENED, AlertMailTest.open(1, severity))
          .opens(TransitionKind.REOPENED, AlertMailTest.open(2, severity));
    }
    assertEquals(
        "[EKS identity] 1 critical new, 1 critical reopened, 1 high new, 1 high reopened, ... -"
            + " 111122223333",
        subject(much));
  }

  @Test
  void edgesAloneAreAMessage() throws IOException {
    Alert alert =
        Alert.of(new Digests().adds(edges("api", 2)).removes(edges("old", 1)).digest(), TABLE)
            .orElseThrow();

    assertEquals("[EKS identity] 2 edges added, 1 edge removed - 111122223333", alert.subject());
    JsonNode machine = MAPPER.readTree(forms(alert).get("sqs").textValue());
    assertEquals("digest", machine.get("kind").textValue());
    assertEquals(2, machine.at("/counts/edgesAdded").intValue());
    assertEquals("payments/api0", machine.at("/edgesAdded/0/serviceAccount").textValue());
    assertEquals("loose", machine.at("/edgesAdded/0/status").textValue());
    assertEquals("payments/old0", machine.at("/edgesRemoved/0/serviceAccount").textValue());
    String chat = MAPPER.readTree(forms(alert).get("https").textValue()).toString();
    assertTrue(chat.contains("edge added: `payments/api0 of cluster shop to role api0"), chat);
  }

  private static String subject(Digests digests) {
    return Alert.of(digests.digest(), TABLE).orElseThrow().subject();
  }

  @Test
  void subscriptionsCanFilterByAttributes() {
    Alert alert =
        Alert.of(
                new Digests()
                    .opens(TransitionKind.OPENED, AlertMailTest.open(1, Severity.HIGH))
                    .firstReads(Scope.region("eu-west-1"), AlertMailTest.open(2, Severity.CRITICAL))
                    .changes(
                        AlertMailTest.open(3, Severity.LOW), AlertMailTest.open(3, Severity.INFO))
                    .resolves(AlertMailTest.open(4, 7))
                    .adds(edges("api", 2))
                    .loses(Scope.region("eu-west-3"), Digests.DENIED, 1)
                    .digest(),
                TABLE)
            .orElseThrow();

    assertEquals(
        List.of(
            "accountId String 111122223333",
            "changedCount Number 1",
            "edgesAddedCount Number 2",
            "highestSeverity String critical",
            "kind String digest",
            "lostCount Number 1",
            "newCount Number 2",
            "resolvedCount Number 3",
            "runStatus String partial",
            "severities String.Array [\"critical\",\"high\",\"info\"]"),
        attributes(alert));
  }

  private static List<String> attributes(Alert alert) {
    return alert.attributes().entrySet().stream()
        .map(
            entry ->
                entry.getKey() + " " + entry.getValue().type() + " " + entry.getValue().value())
        .toList();
  }

  @Test
  void whereNothingChangedAHeartbeatSaysThatTheAuditRan() throws IOException {
    Alert alert =
        Alert.heartbeat(
            new Digests().lacks(Scope.region("eu-west-3"), Digests.DENIED).digest(), TABLE);

    assertEquals("[EKS identity] nothing changed - 111122223333 (partial)", alert.subject());
    assertTrue(attributes(alert).contains("highestSeverity String none"));
    assertEquals(
        """
        Account 111122223333: nothing changed.
        How bad: as before; what is open stays open.
        Audit: NOT complete, as the one before; see below.

        What is open:
          eks-identity findings --store dynamodb:eks-identity

        --
        Run schedule-2026-11-21T06:00:00Z-111122223333 of 2026-11-21 06:00 UTC.
        Coverage: of what could not be read, nothing was opened or resolved:
          - clusters in eu-west-3: access denied (allow eks:ListClusters)
        """,
        forms(alert).get("email").textValue());
  }

  @Test
  void aReminderTellsTheOldestFirst() throws IOException {
    List<FindingState> kept =
        List.of(
            open(1, Severity.CRITICAL, 3),
            open(2, Severity.HIGH, 40),
            open(3, Severity.MEDIUM, 90),
            Digests.state(AlertMailTest.open(4, Severity.HIGH), Status.RESOLVED, Digests.NOW));

    Alert alert = Alert.reminder(kept, Digests.NOW, TABLE).orElseThrow();

    assertEquals(
        "[EKS identity] 1 critical, 1 high still open, the oldest for 40 days - 111122223333",
        alert.subject());
    assertEquals(
        """
        Still open in account 111122223333: 2 findings at high or above.
        How bad: 1 critical, 1 high.
        The oldest has been known for 40 days.

        HIGH      trust-no-condition  role app-2
                  40 days, account 111122223333, f1-9ed598ec8aaa5936a341
        CRITICAL  trust-no-condition  role app-1
                  3 days, account 111122223333, f1-9016d518b78a8b2bb7a4

        All that is open:
          eks-identity findings --store dynamodb:eks-identity
        """,
        forms(alert).get("email").textValue());
    assertEquals(Optional.empty(), Alert.reminder(kept.subList(2, 4), Digests.NOW, TABLE));
  }

  @Test
  void aReminderOfManyFitsToo() throws IOException {
    List<FindingState> kept =
        IntStream.range(0, 10_000).mapToObj(number -> open(number, Severity.HIGH, number)).toList();

    Alert alert = Alert.reminder(kept, Digests.NOW, TABLE).orElseThrow();

    assertTrue(alert.bytes() <= Alert.MOST_BYTES);
    assertTrue(alert.subject().matches("[ -~]{1,99}"), alert.subject());
    JsonNode forms = forms(alert);
    assertTrue(forms.get("email").textValue().contains("and 9980 more"));
  }

  private static FindingState open(int number, Severity severity, int days) {
    return Digests.state(
        AlertMailTest.open(number, severity),
        Status.OPEN,
        Digests.NOW.minus(Duration.ofDays(days)));
  }
}
