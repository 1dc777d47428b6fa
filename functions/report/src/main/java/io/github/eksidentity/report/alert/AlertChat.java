package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.json.JsonWriter;
import io.github.eksidentity.core.json.JsonWriter.Layout;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.report.fix.ChangeText;
import io.github.eksidentity.report.page.CoverageGaps;
import io.github.eksidentity.report.text.EdgeText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A custom notification for Amazon Q Developer in chat applications, which shows it in Slack or
/// Teams. The service drops what it does not understand without a word, so that lengths keep well
/// within what Slack shows.
///
/// Documented at <https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html>.
final class AlertChat {
  static final int TITLE = 150;
  static final int DESCRIPTION = 2800;
  static final int MOST_STEPS = 5;
  static final int STEP = 300;
  static final int MOST_KEYWORDS = 10;
  private static final int NAME = 200;
  private static final int SENTENCE = 400;

  /// Kept back for the line that says how much is missing.
  private static final int RESERVE = 60;

  private AlertChat() {}

  /// @param id what makes a second delivery recognisable
  /// @param thread messages of the same one stand together
  private record Notification(
      String id,
      String thread,
      String type,
      String title,
      String description,
      List<String> steps,
      Set<String> keywords,
      SortedMap<String, String> context) {}

  static String of(String subject, AlertNews news, FindingsPlace place) {
    Digest digest = news.digest();
    Description description = new Description(status(news));
    digest.lost().forEach(line -> description.add(() -> "• *Coverage lost* " + scope(line)));
    digest
        .regained()
        .forEach(line -> description.add(() -> "• *Coverage regained* " + scope(line)));
    news.toMend()
        .forEach(entry -> description.add(() -> finding(entry.now(), AlertNews.what(entry))));
    digest.baseline().stream()
        .flatMap(read -> read.worst().stream())
        .forEach(state -> description.add(() -> finding(state, "first read")));
    digest.edges().added().forEach(edge -> description.add(() -> edge("added", edge)));
    digest.resolved().forEach(entry -> description.add(() -> resolved(entry.now())));
    digest.edges().removed().forEach(edge -> description.add(() -> edge("removed", edge)));
    return render(
        new Notification(
            digest.run().id().value(),
            "eks-identity-" + digest.run().account(),
            "eks-identity-digest",
            subject,
            description.toString(),
            steps(news, place),
            keywords(news),
            context(news)));
  }

  static String heartbeat(String subject, AlertNews news) {
    return render(
        new Notification(
            news.digest().run().id().value(),
            "eks-identity-" + news.digest().run().account(),
            "eks-identity-heartbeat",
            subject,
            status(news),
            List.of(),
            Set.of(news.status()),
            context(news)));
  }

  static String reminder(String subject, Reminder reminder, FindingsPlace place) {
    Description description =
        new Description("Still open: " + AlertNews.counted(reminder.severities()) + ".");
    reminder
        .open()
        .forEach(
            state -> description.add(() -> finding(state, Reminder.days(reminder.days(state)))));
    return render(
        new Notification(
            "reminder-" + reminder.now(),
            "eks-identity-reminder",
            "eks-identity-reminder",
            subject,
            description.toString(),
            List.of("All: " + Mrkdwn.code(place.command("findings"), STEP - 5)),
            Set.of("reminder"),
            new TreeMap<>()));
  }

  private static String status(AlertNews news) {
    String read =
        news.digest().run().complete()
            ? "The audit was complete."
            : "*The audit was not complete*: of what could not be read, nothing is opened or"
                + " resolved.";
    return "Account "
        + Mrkdwn.code(news.digest().run().account(), NAME)
        + ". How bad: "
        + news.howBad()
        + ". "
        + read
        + (news.digest().held().isEmpty()
            ? ""
            : "\n*%s held*: so many would be resolved at once that the next audit must say so too."
                .formatted(AlertNews.findings(news.digest().held().size())));
  }

  private static String scope(Digest.ScopeLine line) {
    Coverage read = line.coverage();
    return Mrkdwn.prose(CoverageGaps.words(line.scope()), NAME)
        + (read.isComplete() ? "" : ": " + Mrkdwn.prose(read.reason(), NAME));
  }

  private static String finding(FindingState state, String what) {
    Finding finding = state.finding();
    return "• *%s* %s (%s)\n%s\n%s"
        .formatted(
            AlertNews.word(finding.severity()),
            Mrkdwn.code(finding.rule(), NAME),
            Mrkdwn.plain(what, NAME),
            Mrkdwn.code(AlertNews.about(finding), NAME),
            Mrkdwn.prose(finding.title(), SENTENCE));
  }

  private static String edge(String happened, Edge edge) {
    return "• edge " + happened + ": " + Mrkdwn.code(EdgeText.of(edge), SENTENCE);
  }

  private static String resolved(FindingState state) {
    return "• resolved: %s at %s"
        .formatted(
            Mrkdwn.code(state.finding().rule(), NAME),
            Mrkdwn.code(AlertNews.about(state.finding()), NAME));
  }

  private static List<String> steps(AlertNews news, FindingsPlace place) {
    Set<String> steps = new LinkedHashSet<>();
    news.digest().lost().stream()
        .flatMap(line -> CoverageGaps.permission(line.coverage()).stream())
        .distinct()
        .limit(2)
        .forEach(action -> steps.add("Allow " + Mrkdwn.code(action, NAME)));
    news.toMend().stream()
        .map(entry -> step(entry.now().finding()))
        .limit(MOST_STEPS)
        .forEach(steps::add);
    String all =
        "All: "
            + Mrkdwn.code(
                place.command("findings", "--account", news.digest().run().account()), STEP - 5);
    List<String> shown = new ArrayList<>(steps.stream().limit(MOST_STEPS - 1L).toList());
    shown.add(all);
    return shown;
  }

  private static String step(Finding finding) {
    String words =
        switch (finding.remediation()) {
          case Remediation.Fix fix -> ChangeText.of(fix.changes().getFirst()).summary();
          case Remediation.Decide decide -> decide.advice();
        };
    return Mrkdwn.prose(words, STEP);
  }

  private static Set<String> keywords(AlertNews news) {
    Set<String> keywords = new LinkedHashSet<>();
    keywords.add(news.status());
    news.severities().keySet().stream().map(Severity::id).forEach(keywords::add);
    news.toMend().stream()
        .map(entry -> entry.now().finding().rule())
        .distinct()
        .limit(MOST_KEYWORDS)
        .forEach(keywords::add);
    return keywords;
  }

  private static SortedMap<String, String> context(AlertNews news) {
    return new TreeMap<>(
        Map.of(
            "account", news.digest().run().account(),
            "run", news.digest().run().id().value(),
            "status", news.status()));
  }

  /// Whole entries, as many as there is room for.
  private static final class Description {
    private final StringBuilder text;
    private int left;

    Description(String head) {
      text = new StringBuilder(head);
    }

    /// Once an entry has not fitted, the rest is only counted.
    void add(Supplier<String> entry) {
      String next = left == 0 ? entry.get() : "";
      if (left == 0 && text.length() + 1 + next.length() + RESERVE <= DESCRIPTION) {
        text.append('\n').append(next);
      } else {
        left++;
      }
    }

    @Override
    public String toString() {
      return left == 0 ? text.toString() : text + "\nand " + left + " more";
    }
  }

  private static String render(Notification notification) {
    return JsonWriter.object(
        Layout.ASCII_LINE,
        out ->
            out.text("version", "1.0")
                .text("source", "custom")
                .text("id", notification.id())
                .object("content", content -> content(content, notification))
                .object("metadata", metadata -> metadata(metadata, notification)));
  }

  private static void content(JsonWriter out, Notification notification) {
    out.text("textType", "client-markdown")
        .text("title", Mrkdwn.plain(notification.title(), TITLE))
        .text("description", notification.description())
        .texts("nextSteps", notification.steps())
        .texts(
            "keywords",
            notification.keywords().stream()
                .limit(MOST_KEYWORDS)
                .map(word -> Mrkdwn.plain(word, NAME))
                .toList());
  }

  private static void metadata(JsonWriter out, Notification notification) {
    out.text("threadId", Mrkdwn.plain(notification.thread(), NAME))
        .text("summary", Mrkdwn.plain(notification.title(), TITLE))
        .text("eventType", notification.type())
        .object(
            "additionalContext",
            context ->
                notification
                    .context()
                    .forEach((name, value) -> context.text(name, Mrkdwn.plain(value, NAME))))
        .flag("enableCustomActions", false);
  }
}
