package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a snapshot so that reading it gives the same facts, in the same bytes every time.
///
/// What the format cannot say is lost: coverage that is better than the files show, as a Complete
/// scope whose lists name more than was described.
public final class SnapshotWriter {
  private SnapshotWriter() {}

  /// The files of a snapshot by name.
  public static NavigableMap<String, byte[]> files(Snapshot snapshot) {
    TreeMap<String, byte[]> files =
        new TreeMap<>(new InventoryFiles(snapshot.inventory().sorted()).files());
    snapshot
        .takenAt()
        .ifPresent(
            time -> files.put("taken-at.txt", (time + "\n").getBytes(StandardCharsets.UTF_8)));
    List<Map.Entry<Scope, Coverage>> unsaid = unsaid(snapshot, files);
    if (!unsaid.isEmpty()) {
      files.put(ErrorEntry.FILE, ErrorEntry.write(unsaid));
    }
    return files;
  }

  /// Writes a directory, which is made if need be and must be empty.
  ///
  /// @throws SnapshotException if it is a link, is not empty or cannot be written
  public static void writeDirectory(Snapshot snapshot, Path directory) {
    refuseLink(directory);
    try {
      Files.createDirectories(directory);
      try (var children = Files.list(directory)) {
        if (children.findAny().isPresent()) {
          throw SnapshotException.in(
              directory.toString(), "is not empty; a snapshot needs a folder of its own");
        }
      }
      for (Map.Entry<String, byte[]> file : files(snapshot).entrySet()) {
        Path path = directory.resolve(file.getKey());
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.write(path, file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw SnapshotException.in(
          directory.toString(), "cannot be written: " + FileProblem.reason(e));
    }
  }

  /// Writes a zip.
  ///
  /// @throws SnapshotException if there is anything of its name already, or it cannot be written
  public static void writeZip(Snapshot snapshot, Path zip) {
    refuseLink(zip);
    try {
      Files.write(zip, zip(files(snapshot)), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw SnapshotException.in(zip.toString(), "cannot be written: " + FileProblem.reason(e));
    }
  }

  private static void refuseLink(Path path) {
    if (Files.isSymbolicLink(path)) {
      throw SnapshotException.in(
          path.toString(), "is a link, which is not followed; name the place itself");
    }
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(EPOCH_OF_ZIP);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /// Zips know no time before 1980 and no time zone; a fixed one keeps the bytes the same.
  private static final LocalDateTime EPOCH_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

  /// The coverage that the files alone would not tell a reader.
  private static List<Map.Entry<Scope, Coverage>> unsaid(
      Snapshot snapshot, Map<String, byte[]> files) {
    Map<Scope, Coverage> said =
        SnapshotReader.read(SnapshotFiles.of(files), false).inventory().coverage();
    List<Map.Entry<Scope, Coverage>> unsaid = new ArrayList<>();
    for (Map.Entry<Scope, Coverage> entry : snapshot.inventory().coverage().entrySet()) {
      if (!entry.getValue().isComplete() && !entry.getValue().equals(said.get(entry.getKey()))) {
        unsaid.add(entry);
      }
    }
    return unsaid;
  }
}
