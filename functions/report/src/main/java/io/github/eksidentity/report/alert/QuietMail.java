package io.github.eksidentity.report.alert;

import io.github.eksidentity.core.drift.Digest;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.report.fix.Shell;
import io.github.eksidentity.report.page.Page;
import io.github.eksidentity.report.page.Style;
import java.util.List;

/// Mails that tell nothing new, for those who asked for them.
final class QuietMail {
  private static final int MOST_LINES = 20;

  private QuietMail() {}

  static String heartbeat(Digest digest, FindingsPlace place) {
    Page page = new Page(AlertMail.WIDTH, false);
    page.line(0, Style.NONE, "Account " + digest.run().account() + ": nothing changed.");
    page.line(0, Style.NONE, "How bad: as before; what is open stays open.");
    page.line(
        0,
        Style.NONE,
        digest.run().complete()
            ? "Audit: complete."
            : "Audit: NOT complete, as the one before; see below.");
    page.blank();
    lookUp(page, place, "What is open:");
    page.blank().line(0, Style.NONE, "--");
    AlertFoot.run(page, digest.run());
    AlertFoot.coverage(page, digest.gaps());
    return page.toString();
  }

  static String reminder(Reminder reminder, FindingsPlace place) {
    Page page = new Page(AlertMail.WIDTH, false);
    List<FindingState> open = reminder.open();
    long oldest = reminder.days(open.getFirst());
    List<String> accounts = reminder.accounts();
    page.line(
        0,
        Style.NONE,
        "Still open in "
            + (accounts.size() == 1
                ? "account " + accounts.getFirst()
                : accounts.size() + " accounts")
            + ": "
            + AlertNews.findings(open.size())
            + " at high or above.");
    page.line(0, Style.NONE, "How bad: " + AlertNews.counted(reminder.severities()) + ".");
    page.line(0, Style.NONE, "The oldest has been known for " + Reminder.days(oldest) + ".");
    page.blank();
    open.stream().limit(MOST_LINES).forEach(state -> finding(page, reminder, state));
    if (open.size() > MOST_LINES) {
      page.line(0, Style.NONE, "and " + (open.size() - MOST_LINES) + " more");
    }
    page.blank();
    lookUp(page, place, "All that is open:");
    return page.toString();
  }

  private static void finding(Page page, Reminder reminder, FindingState state) {
    page.line(0, Style.NONE, AlertMail.oneLine(state));
    page.line(
        10,
        Style.NONE,
        "%s, account %s, %s"
            .formatted(Reminder.days(reminder.days(state)), state.finding().account(), state.id()));
  }

  private static void lookUp(Page page, FindingsPlace place, String label) {
    page.paragraph(0, Style.NONE, label);
    page.verbatim(2, Shell.fold(place.command("findings"), AlertMail.WIDTH - 2));
  }
}
