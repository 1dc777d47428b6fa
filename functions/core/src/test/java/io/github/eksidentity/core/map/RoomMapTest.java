package io.github.eksidentity.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house is as `CONTRIBUTING.md` draws it. The rooms of report and cli are held to it where
/// they are built.
final class RoomMapTest {
  private static final Path PICTURE = Path.of("../../CONTRIBUTING.md");
  private static final int MOST_FILES = 45;

  /// How many files each package of every module has.
  private static Map<String, Long> rooms() throws IOException {
    Map<String, Long> rooms = new TreeMap<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."))) {
      for (Path module : modules) {
        Path sources = module.resolve("src/main/java/io/github/eksidentity");
        if (Files.isDirectory(sources)) {
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                .forEach(room -> rooms.merge(room, 1L, Long::sum));
          }
        }
      }
    }
    return rooms;
  }

  @Test
  void everyRoomIsInThePicture() throws IOException {
    assertEquals(List.copyOf(rooms().keySet()), RoomMap.read(PICTURE).rooms());
  }

  @Test
  void noRoomIsAHall() throws IOException {
    rooms()
        .forEach(
            (room, files) -> assertTrue(files <= MOST_FILES, room + " has " + files + " files"));
  }

  @Test
  void aRoomUsesWhatIsBelowItOnly() throws IOException {
    RoomMap.read(PICTURE)
        .direction()
        .check(new ClassFileImporter().importPath(Path.of("target/classes")));
  }

  @Test
  void theOtherWayAndTheWayAcrossAreNoticed() {
    assertFalse(indexMayUseFacts(1, 2), "facts above index");
    assertFalse(indexMayUseFacts(2, 2), "facts beside index");
    assertTrue(indexMayUseFacts(3, 2), "facts below index");
  }

  private static boolean indexMayUseFacts(int facts, int index) {
    JavaClasses room =
        new ClassFileImporter()
            .importPath(Path.of("target/classes/io/github/eksidentity/core/index"));
    RoomMap map = new RoomMap(Map.of("core.facts", facts, "core.index", index));
    return !map.direction().evaluate(room).hasViolation();
  }
}
