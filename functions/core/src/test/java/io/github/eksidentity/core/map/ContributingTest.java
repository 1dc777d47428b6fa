package io.github.eksidentity.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `CONTRIBUTING.md` says of where things are is so.
final class ContributingTest {
  private static final Path GUIDE = Path.of("../../CONTRIBUTING.md");
  private static final Path FIXTURES = Path.of("src/test/java/io/github/eksidentity/core/rules");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /// The text of every source by the name of its class; of several with a name all texts.
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String kind : List.of("main", "test")) {
      for (Path module : list(Path.of(".."))) {
        Path folder = module.resolve("src/" + kind + "/java");
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
              sources.merge(name(file), Files.readString(file), String::concat);
            }
          }
        }
      }
    }
    return sources;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String name(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  /// The rows of the table that begins with this heading: what stands in code in each cell.
  private static List<List<List<String>>> table(String heading) throws IOException {
    List<List<List<String>>> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(GUIDE);
    int at = lines.indexOf(heading) + 2;
    assertTrue(at >= 2, "no table " + heading);
    for (; lines.get(at).startsWith("|"); at++) {
      List<List<String>> cells = new ArrayList<>();
      for (String cell : lines.get(at).split("\\|", -1)) {
        Matcher code = CODE.matcher(cell);
        cells.add(code.results().map(found -> found.group(1)).toList());
      }
      rows.add(cells.subList(1, cells.size() - 1));
    }
    return rows;
  }

  private static void checkWords(String heading) throws IOException {
    Map<String, String> sources = sources();
    for (List<List<String>> row : table(heading)) {
      String words = row.getFirst().getFirst();
      for (List<String> cell : row.subList(1, row.size())) {
        String text = sources.getOrDefault(cell.getFirst(), "");
        assertTrue(text.contains(words), words + " stands in " + cell.getFirst());
        cell.forEach(name -> assertTrue(sources.containsKey(name), "there is a class " + name));
      }
    }
  }

  @Test
  void aFileOfASnapshotIsReadWhereTheGuideSays() throws IOException {
    checkWords("| a file of a snapshot | is read by |");
  }

  @Test
  void aLineIsWrittenWhereTheGuideSays() throws IOException {
    checkWords("| a line of what is printed | is written by |");
  }

  @Test
  void everyFixtureIsDescribed() throws IOException {
    Set<String> described =
        table("| fixture | holds |").stream()
            .flatMap(row -> row.getFirst().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> fixtures =
        list(FIXTURES).stream()
            .filter(file -> file.toString().endsWith(".java"))
            .map(ContributingTest::name)
            .filter(name -> !name.endsWith("Test") && !name.equals("package-info"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(fixtures, described);
  }
}
