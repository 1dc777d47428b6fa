package io.github.eksidentity.snapshot;

import java.io.IOException;
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
  /// @throws SnapshotException if it cannot be read or is larger than [Limits] allow
  byte[] read(String name);

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
      throw SnapshotException.in(name, "there is no such directory or zip");
    }
    try {
      return Files.isDirectory(path)
          ? DirectoryFiles.open(path, limits)
          : ZipFiles.open(path, limits);
    } catch (IOException e) {
      throw SnapshotException.in(name, "cannot be read: " + SnapshotLimits.reason(e));
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
