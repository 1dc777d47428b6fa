package io.github.eksidentity.report.alert;

import java.util.List;

/// Subjects of mails: printable ASCII, fewer than 100 characters.
final class AlertSubject {
  static final int MOST = 99;
  private static final String PREFIX = "[EKS identity] ";
  private static final int LONGEST_ACCOUNT = 20;

  private AlertSubject() {}

  /// As `[EKS identity] 2 critical new, 1 resolved - 111122223333 (partial)`.
  static String of(AlertNews news) {
    String end = end(news);
    return PREFIX + AlertNews.joined(news.changes(), MOST - PREFIX.length() - end.length()) + end;
  }

  static String heartbeat(AlertNews news) {
    return PREFIX + "nothing changed" + end(news);
  }

  static String reminder(Reminder reminder) {
    List<String> accounts = reminder.accounts();
    return PREFIX
        + AlertNews.counted(reminder.severities())
        + " still open, the oldest for "
        + Reminder.days(reminder.days(reminder.open().getFirst()))
        + " - "
        + (accounts.size() == 1 ? account(accounts.getFirst()) : accounts.size() + " accounts");
  }

  private static String end(AlertNews news) {
    String status = news.status();
    return " - "
        + account(news.digest().run().account())
        + (status.equals("complete") ? "" : " (" + status + ")");
  }

  /// An account's id is twelve digits; nothing else may break the subject.
  private static String account(String id) {
    String ascii = id.replaceAll("[^!-~]", "?");
    return ascii.substring(0, Math.min(LONGEST_ACCOUNT, ascii.length()));
  }
}
