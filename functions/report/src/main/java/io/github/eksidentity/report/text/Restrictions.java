package io.github.eksidentity.report.text;

import io.github.eksidentity.core.audit.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What an audit was restricted to, for the head of its report: whoever reads that there are no
/// findings has to know what nobody looked for.
public final class Restrictions {
  private static final int MOST_NAMES = 8;

  private Restrictions() {}

  /// A sentence for each way in which the audit was restricted; none where it was not.
  ///
  /// @param settings of the rules
  /// @param file that the settings are from, where they are from one
  /// @param asked how many rules the options leave, of how many
  /// @param regions the only regions, none for all
  public static List<String> of(
      Settings settings, Optional<String> file, int asked, int all, List<String> regions) {
    List<String> sentences = new ArrayList<>();
    String from = file.map(name -> "Settings of " + name).orElse("The settings");
    if (!settings.disabledRules().isEmpty()) {
      sentences.add(
          from
              + " switch off "
              + count(settings.disabledRules().size(), "rule")
              + ": "
              + listed(settings.disabledRules())
              + ".");
    }
    if (!settings.severities().isEmpty()) {
      sentences.add(
          from
              + " change the severity of "
              + count(settings.severities().size(), "rule")
              + ": "
              + listed(settings.severities().keySet())
              + ".");
    }
    if (asked < all) {
      sentences.add(
          "Only " + asked + " of " + all + " rules are asked (--rules, --exclude-rules).");
    }
    if (!regions.isEmpty()) {
      sentences.add("Only clusters in " + listed(regions) + " are read (--region).");
    }
    return sentences;
  }

  private static String listed(Collection<String> names) {
    List<String> sorted = List.copyOf(new TreeSet<>(names));
    int more = sorted.size() - MOST_NAMES;
    return String.join(", ", sorted.subList(0, Math.min(MOST_NAMES, sorted.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
