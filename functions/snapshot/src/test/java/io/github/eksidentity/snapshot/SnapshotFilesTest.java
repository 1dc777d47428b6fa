package io.github.eksidentity.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFilesTest {
  private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);

  private final Path folder;

  SnapshotFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aDirectoryAndItsZipReadTheSame() throws IOException {
    Map<String, byte[]> files = Samples.complete().files();
    Path directory = folder.resolve("snapshot");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.writeString(directory.resolve(".DS_Store"), "x");
    assertEquals(Samples.complete().read(), SnapshotReader.read(directory, false));
    assertEquals(Samples.complete().read(), SnapshotReader.read(zip("", files), false));
  }

  @Test
  void aZipOfAFolderIsTheFolder() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Samples.complete().files().forEach((name, bytes) -> files.put("snap-1/" + name, bytes));
    files.put("__MACOSX/snap-1/._account.json", CONTENT);
    files.put("snap-1/", new byte[0]);
    assertEquals(Samples.complete().read(), SnapshotReader.read(zip("", files), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../account.json",
        "regions/../../account.json",
        "/etc/passwd",
        "C:/account.json",
        "regions\\eu\\x.json",
        "a//b.json",
        "./account.json",
        "a\u0000b"
      })
  void aNameThatLeavesTheArchiveIsRefused(String name) throws IOException {
    Path zip = zip("", Map.of(name, CONTENT));
    String sentence = refusal(zip);
    assertTrue(sentence.contains(", a name that leaves the archive"), sentence);
  }

  @Test
  void aNameThatStandsTwiceIsRefused() throws IOException {
    Path zip = zip("", Map.of("account.json", CONTENT, "accounu.json", CONTENT));
    patch(zip, "accounu.json", "account.json");
    assertEquals(zip + ": holds \"account.json\" twice", refusal(zip));
  }

  @Test
  void aLinkInAZipIsRefused() throws IOException {
    Path zip = zip("", Map.of("account.json", "../secret".getBytes(StandardCharsets.UTF_8)));
    byte[] bytes = Files.readAllBytes(zip);
    int entry = lastIndexOf(bytes, new byte[] {'P', 'K', 1, 2});
    bytes[entry + 41] = (byte) 0xA1;
    bytes[entry + 40] = (byte) 0xFF;
    Files.write(zip, bytes);
    assertEquals(
        zip + ": holds \"account.json\", a symbolic link, which is not followed", refusal(zip));
  }

  @Test
  void aFileThatUnpacksTooFarIsRefused() throws IOException {
    byte[] zeros = new byte[4 << 20];
    Path zip = zip("", Map.of("account.json", zeros));
    assertEquals(
        "account.json: unpacks to more than 400 times its size, as no real snapshot does",
        refusal(zip));
  }

  @Test
  void anArchiveThatUnpacksTooFarIsRefused() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      files.put("f" + i, new byte[1000]);
    }
    Path zip = zip("", files);
    SnapshotLimits limits = new SnapshotLimits(10, 2000, 4000, 400);
    try (SnapshotFiles open = SnapshotFiles.open(zip, limits)) {
      String sentence =
          assertThrows(SnapshotException.class, () -> open.names().forEach(open::read)).sentence();
      assertEquals(zip + ": unpacks to more than 4000 bytes", sentence);
    }
    SnapshotLimits few = new SnapshotLimits(4, 2000, 4000, 400);
    assertEquals(
        zip + ": holds more than 4 files",
        assertThrows(SnapshotException.class, () -> SnapshotFiles.open(zip, few)).sentence());
    SnapshotLimits small = new SnapshotLimits(10, 999, 4000, 400);
    try (SnapshotFiles open = SnapshotFiles.open(zip, small)) {
      assertEquals(
          "f0: is larger than 999 bytes",
          assertThrows(SnapshotException.class, () -> open.read("f0")).sentence());
    }
  }

  @Test
  void whatIsNoSnapshotAtAllIsSaidSo() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
    assertEquals(text + ": is neither a directory nor a zip, or is damaged", refusal(text));
    Path empty = Files.write(folder.resolve("empty.zip"), new byte[0]);
    assertEquals(empty + ": is neither a directory nor a zip, or is damaged", refusal(empty));
    Path missing = folder.resolve("missing");
    assertEquals(missing + ": there is no such directory or zip", refusal(missing));
    assertEquals(
        "account.json: not in the snapshot; it holds the answer of aws sts get-caller-identity",
        refusal(Files.createDirectory(folder.resolve("nothing"))));
  }

  @Test
  void aDamagedZipIsOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(zip("", Samples.complete().files()));
    for (int i = 0; i < whole.length; i += 13) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0x55;
      Path zip = Files.write(folder.resolve("damaged.zip"), damaged);
      try {
        SnapshotReader.read(zip, true);
      } catch (SnapshotException e) {
        assertEquals(1, e.sentence().lines().count(), e.sentence());
      }
    }
  }

  @Test
  void aLinkThatLeavesADirectoryIsRefused() throws IOException {
    Path outside = Files.writeString(folder.resolve("secret.json"), "{}");
    Path directory = Files.createDirectory(folder.resolve("snapshot"));
    Files.createSymbolicLink(directory.resolve("account.json"), outside);
    assertEquals("account.json: is a link that leaves the snapshot", refusal(directory));
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createSymbolicLink(other.resolve("regions"), folder.resolve("snapshot"));
    assertEquals("regions: is a link that leaves the snapshot", refusal(other));
  }

  @Test
  void aLinkInsideADirectoryIsFollowed() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("snapshot"));
    Files.write(directory.resolve("real.json"), CONTENT);
    Files.createSymbolicLink(directory.resolve("link.json"), Path.of("real.json"));
    try (SnapshotFiles files = SnapshotFiles.open(directory)) {
      assertEquals(Set.of("link.json", "real.json"), files.names());
      assertArrayEquals(CONTENT, files.read("link.json"));
    }
  }

  @Test
  @Timeout(60)
  void pipesDevicesAndLinksToNothingAreRefused() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor() == 0,
        "no mkfifo here");
    Path nothing = Files.createSymbolicLink(folder.resolve("nothing"), folder.resolve("gone"));
    String noFile = ": is neither a directory nor a zip, but a pipe, a device or a socket";
    assertEquals(pipe + noFile, refusal(pipe));
    assertEquals("/dev/null" + noFile, refusal(Path.of("/dev/null")));
    assertEquals(nothing + ": is a link to nothing", refusal(nothing));
    Path directory = Files.createDirectory(folder.resolve("snapshot"));
    Files.move(pipe, directory.resolve("account.json"));
    assertEquals("account.json: is no file, but a pipe, a device or a socket", refusal(directory));
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.move(nothing, other.resolve("account.json"));
    assertEquals("account.json: is a link to nothing", refusal(other));
  }

  @Test
  void aLinkToItsOwnFolderIsRefused() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("snapshot"));
    Files.createSymbolicLink(directory.resolve("again"), directory);
    assertEquals("again: is a link to a folder that holds it", refusal(directory));
  }

  private static String refusal(Path path) {
    return assertThrows(SnapshotException.class, () -> SnapshotReader.read(path, false)).sentence();
  }

  private Path zip(String comment, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setComment(comment);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(folder.resolve("snapshot.zip"), bytes.toByteArray());
  }

  private static void patch(Path zip, String old, String replacement) throws IOException {
    String latin = Files.readString(zip, StandardCharsets.ISO_8859_1);
    Files.writeString(zip, latin.replace(old, replacement), StandardCharsets.ISO_8859_1);
  }

  private static int lastIndexOf(byte[] bytes, byte[] part) {
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    return latin.lastIndexOf(new String(part, StandardCharsets.ISO_8859_1));
  }
}
