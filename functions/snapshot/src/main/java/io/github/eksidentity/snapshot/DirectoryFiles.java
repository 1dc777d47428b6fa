package io.github.eksidentity.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/// A snapshot in a directory. Links are followed as long as they stay inside.
final class DirectoryFiles implements SnapshotFiles {
  private static final int DEEPEST = 12;

  private final TreeMap<String, Path> files;
  private final SnapshotLimits limits;

  private DirectoryFiles(Map<String, Path> files, SnapshotLimits limits) {
    this.files = new TreeMap<>(files);
    this.limits = limits;
  }

  static DirectoryFiles open(Path directory, SnapshotLimits limits) throws IOException {
    Walk walk = new Walk(directory, directory.toRealPath(), limits);
    Files.walkFileTree(directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, walk);
    return new DirectoryFiles(walk.found, limits);
  }

  @Override
  public NavigableSet<String> names() {
    return files.navigableKeySet();
  }

  @Override
  public byte[] read(String name) {
    try (InputStream stream = open(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw SnapshotException.in(name, "cannot be read: " + FileProblem.reason(e));
    }
  }

  @Override
  public InputStream open(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw SnapshotException.in(name, "not in the snapshot");
    }
    try {
      return limits.limited(name, Files.newInputStream(file), limits.fileBytes());
    } catch (IOException e) {
      throw SnapshotException.in(name, "cannot be read: " + FileProblem.reason(e));
    }
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Map<String, Path> found = new TreeMap<>();
    private final Path top;
    private final Path realTop;
    private final SnapshotLimits limits;

    Walk(Path top, Path realTop, SnapshotLimits limits) {
      this.top = top;
      this.realTop = realTop;
      this.limits = limits;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (!directory.equals(top) && FileNames.isClutter(name(directory))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      checkInside(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = name(file);
      if (!FileNames.isClutter(name)) {
        if (attributes.isSymbolicLink()) {
          throw SnapshotException.in(name, "is a link to nothing");
        }
        checkInside(file);
        if (!attributes.isRegularFile()) {
          throw SnapshotException.in(name, "is no file, but a pipe, a device or a socket");
        }
        found.put(name, file);
        limits.checkCount(top.toString(), found.size());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof FileSystemLoopException) {
        throw SnapshotException.in(name(file), "is a link to a folder that holds it");
      }
      throw SnapshotException.in(name(file), "cannot be read: " + FileProblem.reason(failure));
    }

    private void checkInside(Path path) throws IOException {
      if (!path.toRealPath().startsWith(realTop)) {
        throw SnapshotException.in(name(path), "is a link that leaves the snapshot");
      }
    }

    private String name(Path path) {
      return top.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
  }
}
