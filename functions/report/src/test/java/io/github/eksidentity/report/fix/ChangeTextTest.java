package io.github.eksidentity.report.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The forms of every change against files of `src/test/resources/changes`, which
/// `-Dupdate.golden=true` writes.
final class ChangeTextTest {
  private static final Path FILES = Path.of("src/test/resources/changes");

  @Test
  void everyChangeLooksAsItDidWhenSomebodyReadIt() throws IOException {
    Set<String> kinds = new HashSet<>();
    for (var change : Changes.all()) {
      ChangeText text = ChangeText.of(change);
      assertTrue(kinds.add(text.kind()), text.kind() + " stands for one kind of change only");
      golden(text.kind() + ".sh", text.awsCli());
      golden(text.kind() + ".tf", text.terraform());
      if (text.diff().isPresent()) {
        golden(text.kind() + ".diff", text.diff().get());
      }
    }
    assertEquals(22, kinds.size());
  }

  @Test
  void shellWordsAreWhatWasMeant() {
    assertEquals("a-b_c/d:e.f@g+h=i,j", Shell.quote("a-b_c/d:e.f@g+h=i,j"));
    assertEquals("''", Shell.quote(""));
    assertEquals("'$(rm -rf ~) `x` \"y\"'", Shell.quote("$(rm -rf ~) `x` \"y\""));
    assertEquals("'it'\\''s'", Shell.quote("it's"));
    assertEquals("$'\\x1b[2J\\'\\\\'", Shell.quote("\u001b[2J'\\"));
  }

  @Test
  void bashReadsQuotedWordsBack() throws Exception {
    for (String word : List.of("it's", "a b", "\u001b[2J'\\n", "\u202e$(x)", "--", "*", "ä", "")) {
      ProcessBuilder bash = new ProcessBuilder("bash", "-c", "printf '%s' " + Shell.quote(word));
      bash.environment().put("LC_ALL", "C.UTF-8");
      Process process = bash.redirectErrorStream(true).start();
      String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(word, read);
    }
  }

  @Test
  void noDocumentCanEndItsHereDocument() {
    assertEquals(
        """
        aws <<'EOF__'
        EOF
        EOF_
        EOF__\
        """,
        Shell.withInput("aws", "EOF\nEOF_"));
  }

  private static void golden(String name, String text) {
    Path file = FILES.resolve(name);
    try {
      if (Boolean.getBoolean("update.golden")) {
        Files.createDirectories(FILES);
        Files.writeString(file, text + "\n");
      }
      assertEquals(Files.readString(file), text + "\n", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
