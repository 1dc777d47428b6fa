package io.github.eksidentity.core.rules.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `infra/collect-snapshot.sh` asks IAM's policy simulator for what the rule holds against a role;
/// `-Dupdate.docs=true` writes its table anew.
final class AddonActionsTest {
  private static final Path SCRIPT = Path.of("../../infra/collect-snapshot.sh");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=addon_actions\\(\\) \\{\n  cat <<'END'\n).*?(?=^END$)",
          Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void theScriptAsksForWhatAddonsNeed() throws IOException {
    String script = Files.readString(SCRIPT);
    Matcher written = TABLE.matcher(script);
    assertTrue(written.find(), "the script has no table");
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(
          SCRIPT, script.substring(0, written.start()) + table() + script.substring(written.end()));
    } else {
      assertEquals(table(), written.group());
    }
  }

  /// A line for each service account, with all actions of its add-on.
  private static String table() {
    TreeMap<String, Set<String>> actions = new TreeMap<>();
    for (AddonNeeds addon : AddonNeeds.all()) {
      Set<String> all = new TreeSet<>();
      addon.needs().forEach(all::addAll);
      addon.serviceAccounts().forEach(account -> actions.put(account, all));
    }
    StringBuilder table = new StringBuilder();
    actions.forEach((account, all) -> table.append(account + " " + String.join(" ", all) + "\n"));
    return table.toString();
  }
}
