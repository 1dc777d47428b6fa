package io.github.eksidentity.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotWriterTest {
  private final Path folder;

  SnapshotWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsWrittenReadsAsItWas(long seed) {
    Snapshot snapshot = new RandomInventory(seed).snapshot();
    Snapshot read = SnapshotReader.read(SnapshotFiles.of(SnapshotWriter.files(snapshot)), false);
    assertEquals(sorted(snapshot), sorted(read));
  }

  @Test
  void theSameFactsAreTheSameBytes() {
    Map<String, byte[]> first = SnapshotWriter.files(new RandomInventory(7).snapshot());
    Map<String, byte[]> second = SnapshotWriter.files(new RandomInventory(7).snapshot());
    assertEquals(first.keySet(), second.keySet());
    first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
  }

  @Test
  void directoryAndZipHoldTheSame() throws IOException {
    Snapshot snapshot = new RandomInventory(11).snapshot();
    Path directory = folder.resolve("out/snapshot");
    Path zip = folder.resolve("snapshot.zip");
    SnapshotWriter.writeDirectory(snapshot, directory);
    SnapshotWriter.writeZip(snapshot, zip);
    assertEquals(sorted(snapshot), sorted(SnapshotReader.read(directory, false)));
    assertEquals(sorted(snapshot), sorted(SnapshotReader.read(zip, false)));
    Path again = folder.resolve("again.zip");
    SnapshotWriter.writeZip(snapshot, again);
    assertArrayEquals(Files.readAllBytes(zip), Files.readAllBytes(again));
  }

  @Test
  void nothingIsOverwrittenAndNoLinkIsFollowed() throws IOException {
    Snapshot snapshot = Samples.complete().read();
    Path elsewhere = folder.resolve("elsewhere");
    Path link = Files.createSymbolicLink(folder.resolve("link.zip"), elsewhere);
    for (Path target : List.of(link, Files.writeString(folder.resolve("mine.zip"), "x"))) {
      assertThrows(SnapshotException.class, () -> SnapshotWriter.writeZip(snapshot, target));
    }
    assertEquals("x", Files.readString(folder.resolve("mine.zip")));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path toEmpty = Files.createSymbolicLink(folder.resolve("to-empty"), empty);
    assertThrows(SnapshotException.class, () -> SnapshotWriter.writeDirectory(snapshot, toEmpty));
    assertThrows(SnapshotException.class, () -> SnapshotWriter.writeDirectory(snapshot, link));
    assertFalse(Files.exists(elsewhere));
    try (var children = Files.list(empty)) {
      assertEquals(0, children.count());
    }
  }

  @Test
  void aFolderWithSomethingInItIsLeftAlone() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("full"));
    Files.writeString(directory.resolve("mine.txt"), "x");
    Snapshot snapshot = Samples.complete().read();
    SnapshotException refused =
        assertThrows(
            SnapshotException.class, () -> SnapshotWriter.writeDirectory(snapshot, directory));
    assertEquals(
        directory + ": is not empty; a snapshot needs a folder of its own", refused.sentence());
  }

  @Test
  void filesLookLikeThoseOfTheAwsCli() {
    NavigableMap<String, byte[]> files = SnapshotWriter.files(Samples.complete().read());
    assertEquals(
        """
        {
            "UserId": "111122223333",
            "Account": "111122223333",
            "Arn": "arn:aws:iam::111122223333:root"
        }
        """,
        text(files, "account.json"));
    String role =
        """
                    "CreateDate": "2025-02-01T10:00:00Z",
                    "AssumeRolePolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": []
                    },
                    "InstanceProfileList": [
        """;
    String found = text(files, "authorization-details.json");
    assertTrue(found.contains(role.indent(0)), found);
    assertEquals(
        "{\n    \"clusters\": [\n        \"prod\"\n    ]\n}\n",
        text(files, "regions/eu-west-1/clusters.json"));
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
  }

  private static Snapshot sorted(Snapshot snapshot) {
    return new Snapshot(snapshot.inventory().sorted(), snapshot.takenAt());
  }
}
