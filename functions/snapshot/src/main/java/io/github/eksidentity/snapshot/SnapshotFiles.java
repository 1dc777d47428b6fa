package io.github.eksidentity.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The files of a snapshot, by the names that the format gives them, with `/` between folders.
public interface SnapshotFiles extends AutoCloseable {
  /// Every file. Whatever a snapshot's contents call themselves, only these can be read.
  NavigableSet<String> names();

  /// The bytes of one of [#names()].
  ///
  /// @throws SnapshotException if it cannot be read or is larger than [SnapshotLimits] allow
  byte[] read(String name);

  /// The same as a stream, which is never longer than [SnapshotLimits] allow: reading on would
  /// throw a [SnapshotException].
  ///
  /// @throws SnapshotException if it cannot be read
  default InputStream open(String name) {
    return new ByteArrayInputStream(read(name));
  }

  @Override
  default void close() {}

  /// Opens a directory or a zip.
  ///
  /// @throws SnapshotException if it is neither, or holds names or links that leave it
  static SnapshotFiles open(Path path) {
    return open(path, SnapshotLimits.DEFAULT);
  }

  /// Opens a directory or a zip within limits.
  ///
  /// @throws SnapshotException if it is neither, or holds names or links that leave it
  static SnapshotFiles open(Path path, SnapshotLimits limits) {
    String name = path.toString();
    if (!Files.exists(path)) {
      throw SnapshotException.in(
          name,
          Files.isSymbolicLink(path)
              ? "is a link to nothing"
              : "there is no such directory or zip");
    }
    if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
      throw SnapshotException.in(
          name, "is neither a directory nor a zip, but a pipe, a device or a socket");
    }
    try {
      return Files.isDirectory(path)
          ? DirectoryFiles.open(path, limits)
          : ZipFiles.open(path, limits);
    } catch (IOException e) {
      throw SnapshotException.in(name, "cannot be read: " + FileProblem.reason(e));
    }
  }

  /// Files that are in memory already.
  static SnapshotFiles of(Map<String, byte[]> files) {
    TreeSet<String> names = new TreeSet<>(files.keySet());
    return new SnapshotFiles() {
      @Override
      public NavigableSet<String> names() {
        return names;
      }

      @Override
      public byte[] read(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
          throw SnapshotException.in(name, "not in the snapshot");
        }
        return bytes;
      }
    };
  }

  /// Files that stand on the class path below a folder, whose names its `index.txt` lists, one a
  /// line.
  static SnapshotFiles ofResources(Class<?> anchor, String folder) {
    return new ResourceFiles(anchor, folder);
  }
}
