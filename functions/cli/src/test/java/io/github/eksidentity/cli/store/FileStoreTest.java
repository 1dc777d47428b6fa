package io.github.eksidentity.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.access.Edge;
import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.drift.Counts;
import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.DriftSettings;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Lifecycle;
import io.github.eksidentity.core.drift.Renames;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.ScopeRecord;
import io.github.eksidentity.core.drift.StoreContract;
import io.github.eksidentity.core.facts.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStoreTest extends StoreContract {
  private final Path folder;
  private int media;

  FileStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /// A process that dies lets go of its lock; here the next one takes it away from the last.
  @Override
  protected Medium newMedium() {
    Path place = folder.resolve("store-" + media++);
    return new Medium() {
      private Optional<FileStore> last = Optional.empty();

      @Override
      public FindingStore open(Runnable step) {
        last.ifPresent(FileStore::close);
        FileStore opened = FileStore.toWrite(place, "store", step);
        last = Optional.of(opened);
        return opened.store();
      }
    };
  }

  private Path store() {
    return folder.resolve("store");
  }

  private Path journal() {
    return store().resolve("journal.jsonl");
  }

  private static Mute mute(int number) {
    return Mute.of(
        "*", Day.role("app-" + number), Optional.empty(), "o", "r", LocalDate.parse("2026-12-31"));
  }

  private void mutes(int count) {
    try (FileStore opened = FileStore.toWrite(store(), "store")) {
      for (int i = 0; i < count; i++) {
        opened.store().putMute(mute(i));
      }
    }
  }

  private List<Mute> read() {
    try (FileStore opened = FileStore.toRead(store(), "store")) {
      return opened.store().mutes();
    }
  }

  @Test
  void twoProcessesCannotWriteAtOnceAndOthersRead() {
    mutes(1);
    try (FileStore first = FileStore.toWrite(store(), "store")) {
      Failure second =
          assertThrows(Failure.class, () -> FileStore.toWrite(store(), ".eks-identity"));
      assertEquals(
          "Another eks-identity writes to the store at .eks-identity; try again when it has ended.",
          second.sentence());
      assertEquals(1, read().size());
      first.store().putMute(mute(5));
      assertEquals(2, read().size());
    }
    mutes(2);
    assertEquals(3, read().size());
  }

  @Test
  void whatIsLeftOfALineCountsAsNotWritten() throws IOException {
    mutes(2);
    byte[] whole = Files.readAllBytes(journal());
    int firstLine = new String(whole, StandardCharsets.US_ASCII).indexOf('\n') + 1;
    for (int length = firstLine; length < whole.length; length++) {
      Files.write(journal(), Arrays.copyOf(whole, length));
      assertEquals(1, read().size(), "cut after " + length);
    }
    mutes(1);
    assertEquals(1, read().size());
    assertEquals(2, Files.readAllLines(journal()).size(), "what was left is cut off");
  }

  @Test
  void aDamagedLineIsNamedWithItsPlace() throws IOException {
    mutes(3);
    List<String> lines = Files.readAllLines(journal());
    for (String damage :
        List.of(
            "", "{", "nothing", "[1]", "{\"is\":\"MutePut\"}", "\u0000", "{\"is\":\"Other\"}")) {
      Files.write(journal(), List.of(lines.get(0), damage, lines.get(2)));
      Failure failure = assertThrows(Failure.class, this::read);
      assertTrue(
          failure
              .sentence()
              .startsWith("The store at store is damaged: journal.jsonl, line 2, column "),
          failure.sentence());
      assertThrows(Failure.class, () -> mutes(1));
      assertEquals(3, Files.readAllLines(journal()).size(), "nothing is changed");
    }
  }

  @Test
  void noStoreIsASentence() {
    assertEquals(
        "There is no store at store; audit --store file:store makes one.",
        assertThrows(Failure.class, this::read).sentence());
  }

  @Test
  void aFileWhereTheDirectoryShouldBeIsASentence() throws IOException {
    Files.writeString(store(), "x", StandardOpenOption.CREATE);
    assertTrue(
        assertThrows(Failure.class, () -> mutes(1))
            .sentence()
            .startsWith("The store at store cannot be written: "));
  }

  @Test
  void aJournalOfHistoryIsWrittenAnew() throws IOException {
    try (FileStore opened = FileStore.toWrite(store(), "store")) {
      for (int i = 0; i < 1_001; i++) {
        opened.store().putMute(mute(i % 7));
      }
    }
    try (FileStore opened = FileStore.toWrite(store(), "store")) {
      opened.tidy();
      opened.store().putMute(mute(7));
    }

    assertEquals(8, Files.readAllLines(journal()).size());
    assertEquals(8, read().size());
  }

  @Test
  void ofTheEdgesOnlyTheLastRunsAreKept() throws IOException {
    Edge[] edges =
        IntStream.range(0, 8_000)
            .mapToObj(i -> Day.associated("eu-west-1", "shop", "account-" + i))
            .toArray(Edge[]::new);
    for (int day = 1; day <= 5; day++) {
      try (FileStore opened = FileStore.toWrite(store(), "store")) {
        Run run = Run.begun(Day.of(day).request(), List.of());
        opened.store().begin(Day.of(day).request());
        Lifecycle lifecycle = new Lifecycle(DriftSettings.DEFAULTS, Renames.NONE, Set.of());
        opened
            .store()
            .recordScopes(
                run,
                lifecycle
                    .apply(
                        opened.store().memory(Day.ACCOUNT),
                        Day.of(day).edges(edges).observed(),
                        List.of(),
                        Settings.DEFAULTS,
                        run)
                    .scopes());
        opened.store().complete(run.completed(Day.of(day).now(), true, Counts.NONE));
        opened.tidy();
      }
    }
    long length = Files.size(journal());

    assertTrue(length < 15_000_000, () -> length + " bytes");
    try (FileStore opened = FileStore.toWrite(store(), "store")) {
      Map<Scope, ScopeRecord> scopes = opened.store().memory(Day.ACCOUNT).scopes();
      assertEquals(8_000, known(scopes.values()));
      assertEquals(0, known(opened.store().scopes(Day.of(1).runId())));
    }
  }

  private static int known(Collection<ScopeRecord> scopes) {
    return scopes.stream()
        .flatMap(scope -> scope.edges().stream())
        .mapToInt(edges -> edges.known().size())
        .sum();
  }

  @Test
  void aShortJournalIsLeftAlone() throws IOException {
    mutes(5);
    mutes(5);
    try (FileStore opened = FileStore.toWrite(store(), "store")) {
      opened.tidy();
    }
    assertEquals(10, Files.readAllLines(journal()).size());
  }

  @Test
  void everyLineHasAVersionAndAChecksum() throws IOException {
    mutes(3);
    List<String> lines = Files.readAllLines(journal());
    for (String line : lines) {
      assertTrue(line.matches(".*,\"version\":1,\"sum\":\"[0-9a-f]{8}\"}"), line);
    }
    String changed = lines.get(1).replace("app-1", "app-7");
    Files.write(journal(), List.of(lines.get(0), changed, lines.get(2)));
    assertTrue(
        assertThrows(Failure.class, this::read).sentence().contains("its checksum does not fit"));
  }

  @Test
  void aLineFromBeforeThereWereVersionsIsRead() throws IOException {
    mutes(2);
    List<String> old =
        Files.readAllLines(journal()).stream()
            .map(line -> line.replaceAll(",\"version\":1,\"sum\":\"[0-9a-f]{8}\"}$", "}"))
            .toList();
    Files.write(journal(), old);
    assertEquals(2, read().size());
    mutes(3);
    assertEquals(3, read().size());
  }

  @Test
  void aLineOfAnotherVersionIsNamedAndNothingIsLost() throws IOException {
    mutes(2);
    String text = Files.readString(journal());
    for (String newer :
        List.of(
            text.replaceFirst("\"version\":1", "\"version\":99"),
            text.replaceFirst("\\{\"is\":\"MutePut\",", "{\"is\":\"MutePut\",\"version\":99,"),
            text + "{\"is\":\"Invented\",\"version\":99}\n")) {
      Files.writeString(journal(), newer);
      String said = assertThrows(Failure.class, this::read).sentence();
      assertTrue(said.contains("form 99") && said.contains("knows form 1"), said);
      assertThrows(Failure.class, () -> mutes(1));
      assertEquals(newer, Files.readString(journal()));
    }
  }

  @Test
  void whatIsNotItsOwnIsNeitherReadNorWritten() throws IOException {
    for (String foreign :
        List.of("my notes", "my notes\n", "[1]", "{\"a\":1}", "{\"is\":\"Else\"")) {
      Files.createDirectories(store());
      Files.writeString(journal(), foreign);
      assertThrows(Failure.class, () -> mutes(1), foreign);
      assertThrows(Failure.class, this::read, foreign);
      assertEquals(foreign, Files.readString(journal()));
    }
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "FOREIGN");
    for (String file : List.of("journal.jsonl", "lock")) {
      Path place = Files.createDirectories(folder.resolve("with-" + file));
      Files.createSymbolicLink(place.resolve(file), victim);
      assertThrows(Failure.class, () -> FileStore.toWrite(place, "store"));
    }
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    assertThrows(Failure.class, () -> FileStore.toWrite(link, "store"));
    assertEquals("FOREIGN", Files.readString(victim));
    try (var children = Files.list(elsewhere)) {
      assertEquals(0, children.count());
    }
  }

  @Test
  void tidyingFollowsNoLinkAndTakesNoFileThatIsNotItsOwn() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "FOREIGN");
    for (boolean linked : List.of(true, false)) {
      Path place = folder.resolve("tidy-" + linked);
      try (FileStore opened = FileStore.toWrite(place, "store")) {
        for (int i = 0; i < 1_001; i++) {
          opened.store().putMute(mute(i % 7));
        }
        Path next = place.resolve("journal.jsonl.next");
        if (linked) {
          Files.createSymbolicLink(next, victim);
        } else {
          Files.writeString(next, "FOREIGN");
        }
        assertThrows(Failure.class, opened::tidy);
        assertEquals("FOREIGN", Files.readString(next));
      }
    }
    assertEquals("FOREIGN", Files.readString(victim));
  }

  @Test
  void itsFilesAreForTheirOwner() throws IOException {
    mutes(1);
    if (store().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(store())));
      for (String file : List.of("journal.jsonl", "lock")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(store().resolve(file))));
      }
    }
  }
}
