package io.github.eksidentity.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A snapshot on the class path. A jar cannot be listed, hence the index.
final class ResourceFiles implements SnapshotFiles {
  private static final String INDEX = "index.txt";

  private final Class<?> anchor;
  private final String folder;
  private final TreeSet<String> names;

  ResourceFiles(Class<?> anchor, String folder) {
    this.anchor = anchor;
    this.folder = folder;
    this.names =
        new String(bytes(INDEX), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public NavigableSet<String> names() {
    return names;
  }

  @Override
  public byte[] read(String name) {
    if (!names.contains(name)) {
      throw SnapshotException.in(name, "not in the snapshot");
    }
    return bytes(name);
  }

  private byte[] bytes(String name) {
    try (InputStream stream = anchor.getResourceAsStream(folder + "/" + name)) {
      if (stream == null) {
        throw SnapshotException.in(name, "not in the snapshot");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
