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
    assertEquals("\"$(printf '\\033\\133')\"", Shell.quote("\u001b["));
  }

  @Test
  void whatNoShellCanPassOnIsSaidInAComment() {
    for (String word : List.of("a\u0000b", "a\uD800b", "a\n")) {
      String line = Shell.command("aws", "iam", word);
      assertTrue(line.startsWith("# ") && !line.contains("\n"), line);
      assertEquals(line, Shell.withDocument(line, "{\n}"));
    }
  }

  @Test
  void everyPosixShellReadsQuotedWordsBack() throws Exception {
    List<String> words =
        List.of(
            "it's",
            "a b",
            "\u001b[2J'\\n",
            "\u202e$(x)",
            "10.0.0.0/8\u00a0\\'; touch PWNED; #",
            "-n\u00a0",
            "%s\u00a0%d%%",
            "a\nb",
            "\u3164",
            "p\u0430y",
            "\\\u200b\"`$x`\"",
            "7\u00a07",
            "--",
            "*",
            "\u00e4",
            "");
    for (String shell : List.of("sh", "dash", "bash")) {
      for (String word : words) {
        // what follows keeps the shell from dropping line breaks
        ProcessBuilder builder =
            new ProcessBuilder(shell, "-c", "printf '%s.' " + Shell.quote(word));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process;
        try {
          process = builder.redirectErrorStream(true).start();
        } catch (IOException _) {
          continue; // no such shell here
        }
        String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(word + ".", read, shell);
      }
    }
  }

  @Test
  void aDocumentIsPastedAsItIsPrinted() throws Exception {
    String document = "{\n  \"a\": \"it's $(x) `y` \\\\ <<EOF\"\n}";
    String command = Shell.withDocument("printf '%s'", document);
    Process process =
        new ProcessBuilder("sh", "-c", command.indent(8)).redirectErrorStream(true).start();
    String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        document.replace("'", "\\u0027").replaceAll("\\s", ""), read.replaceAll("\\s", ""));
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
