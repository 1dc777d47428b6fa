package io.github.eksidentity.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonPath;
import io.github.eksidentity.lambda.Event;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/a*b*_c_`d`<!channel>&";

  private static Json message(Optional<String> subject, String text) {
    Json json = Event.parse(SlackMessage.json(new Notification("m", subject, text))).orElseThrow();
    limits(json);
    return json;
  }

  private static String transition(String kind, boolean baseline, String resource) {
    return """
    {"finding": "f1-0", "rule": "IRSA-SUB-WILDCARD", "resource": "%s", "account": "111122223333",
     "region": "eu-west-1", "cluster": "prod", "severity": "critical", "transition": "%s",
     "baseline": %s, "title": "Every service account can assume <it> with *"}
    """
        .formatted(resource, kind, baseline);
  }

  private static String digest(boolean complete, String counts, Stream<String> transitions) {
    return """
    {"version": 1, "kind": "digest", "counts": {%s},
     "run": {"id": "run-1", "account": "111122223333", "complete": %s, "suspect": false},
     "transitions": [%s], "held": [], "firstReads": [], "open": [],
     "coverage": {"lost": [{"scope": "eks/eu-west-3", "status": "failed", "findings": 2,
       "reason": "access <denied>", "permission": "eks:ListClusters"}], "regained": []}}
    """
        .formatted(counts, complete, transitions.collect(Collectors.joining(",")));
  }

  /// The texts of all blocks.
  private static List<String> texts(Json message) {
    return JsonPath.items(message, "blocks").stream()
        .map(
            block ->
                JsonPath.text(block, "text", "text")
                    .or(() -> JsonPath.text(JsonPath.items(block, "elements").getFirst(), "text"))
                    .orElseThrow())
        .toList();
  }

  private static void limits(Json message) {
    List<String> texts = texts(message);
    assertTrue(texts.size() <= 50, () -> texts.size() + " blocks");
    assertTrue(texts.getFirst().length() <= 150, texts::getFirst);
    assertTrue(texts.stream().allMatch(text -> text.length() <= 3000));
    assertTrue(texts.stream().mapToInt(String::length).sum() <= 12_000);
    assertTrue(texts.stream().noneMatch(String::isBlank));
    assertFalse(JsonPath.text(message, "text").orElse("").isBlank());
    for (String text : texts) {
      assertFalse(text.contains("<") || text.contains(">"), text);
      assertFalse(text.replaceAll("&(amp|lt|gt);", "").contains("&"), text);
      assertEquals(0, text.chars().filter(c -> c == '`').count() % 2, text);
    }
  }

  @Test
  void aDigestSaysWhatChangedAndWhetherItIsComplete() {
    Json message =
        message(
            Optional.of("[EKS identity] 1 critical new"),
            digest(
                false,
                "\"opened\": 1, \"resolved\": 1, \"firstRead\": 3",
                Stream.of(transition("opened", false, ROLE), transition("resolved", false, ROLE))));
    List<String> texts = texts(message);
    assertEquals("[EKS identity] 1 critical new", texts.getFirst());
    assertTrue(texts.get(1).contains("*The audit was not complete*"), texts.get(1));
    assertEquals(
        """
        *CRITICAL* opened: `IRSA-SUB-WILDCARD`
        `Every service account can assume &lt;it&gt; with *`
        `arn:aws:iam::111122223333:role/a*b*_c_'d'&lt;!channel&gt;&amp;` in `prod`\
        """
            .stripIndent(),
        texts.get(3));
    assertEquals(
        "*Coverage lost*\n• `eks/eu-west-3`: access &lt;denied&gt;; allow `eks:ListClusters`",
        texts.get(2));
    assertEquals("and 3 more to look at · 1 resolved", texts.get(4));
    assertTrue(texts.get(5).contains("`run-1`"), texts.get(5));
    assertEquals(6, texts.size());
  }

  @Test
  void aReminderShowsWhatIsOpen() {
    Json message =
        message(
            Optional.of("[EKS identity] 1 critical still open"),
            """
            {"version": 1, "kind": "reminder", "run": null, "counts": {"open": 4},
             "transitions": [],
             "open": [{"rule": "role-privileged", "severity": "critical", "status": "open",
               "resource": "arn:aws:iam::111122223333:role/x", "title": "Pods are admin"}]}
            """);
    List<String> texts = texts(message);
    assertEquals("Still open at high or above, the oldest first.", texts.get(1));
    assertTrue(texts.get(2).startsWith("*CRITICAL* open: `role-privileged`"), texts.get(2));
    assertEquals("and 3 more to look at", texts.get(3));
    assertEquals(4, texts.size());
  }

  @Test
  void aLongDigestIsCutAndSaysHowMuchIsMissing() {
    String long_ = "x&".repeat(2000);
    Json message =
        message(
            Optional.empty(),
            digest(
                true,
                "\"reopened\": 500",
                IntStream.range(0, 500).mapToObj(i -> transition("reopened", false, long_))));
    List<String> texts = texts(message);
    int told = (int) texts.stream().filter(text -> text.startsWith("*CRITICAL*")).count();
    assertTrue(told > 0 && told <= 20, () -> told + " told");
    assertTrue(
        texts.get(texts.size() - 2).startsWith("and " + (500 - told) + " more"), texts::toString);
  }

  @Test
  void hostileSubjectsAreText() {
    Json message =
        message(Optional.of("<!channel> & \u202e\n" + "😀".repeat(200)), "{\"transitions\": 1}");
    assertTrue(texts(message).getFirst().startsWith("&lt;!channel&gt; &amp; \\u202E\\n"));
  }

  @Test
  void anyOtherMessageIsShownAsItIs() {
    Json message = message(Optional.empty(), "ALARM: \"x\" in <EU>\n  ```code``` @here\n");
    assertEquals("```\nALARM: \"x\" in &lt;EU&gt;\n  '''code''' @here\n```", texts(message).get(1));
    Json empty = message(Optional.empty(), "");
    assertEquals(List.of("EKS identity audit"), texts(empty));
  }

  @Test
  void aLongTextIsCutAndSaysSo() {
    Json message = message(Optional.empty(), "line & line\n".repeat(5000) + "y".repeat(100_000));
    assertTrue(texts(message).getLast().contains("longer than Slack takes"));
  }

  @Test
  void edgesThatCameAreListedAndTheRestCounted() {
    String edge =
        """
        {"cluster": "shop", "region": "eu-west-1", "serviceAccount": "pay/<api>&*", "role": "%s",
         "status": "loose", "rights": "admin"}
        """
            .formatted(ROLE.repeat(20));
    String alert =
        digest(true, "\"edgesAdded\": 40", Stream.of())
            .replace(
                "\"held\": []",
                "\"held\": [], \"edgesAdded\": ["
                    + String.join(",", java.util.Collections.nCopies(10, edge))
                    + "]");

    String added =
        texts(message(Optional.of("[EKS identity] 40 edges added"), alert)).stream()
            .filter(text -> text.startsWith("*Edges added*"))
            .findFirst()
            .orElseThrow();

    assertTrue(added.contains("• `pay/&lt;api&gt;&amp;*` of `shop` to `arn:"), added);
    assertTrue(added.contains("(loose, admin)"), added);
    assertTrue(added.endsWith("and 32 more"), added);
  }
}
