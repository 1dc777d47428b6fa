package io.github.eksidentity.snapshot;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A snapshot in a zip, read in place: nothing is ever unpacked to the disk.
final class ZipFiles implements SnapshotFiles {
  private final String archive;
  private final ZipFile zip;
  private final NavigableMap<String, ZipEntry> entries;
  private final SnapshotLimits limits;
  private long unpacked;

  private ZipFiles(
      String archive, ZipFile zip, NavigableMap<String, ZipEntry> entries, SnapshotLimits limits) {
    this.archive = archive;
    this.zip = zip;
    this.entries = entries;
    this.limits = limits;
  }

  static ZipFiles open(Path path, SnapshotLimits limits) throws IOException {
    String archive = path.toString();
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException | IllegalArgumentException _) {
      throw SnapshotException.in(archive, "is neither a directory nor a zip, or is damaged");
    }
    try {
      limits.checkCount(archive, zip.size());
      ZipLinks.refuse(path);
      return new ZipFiles(archive, zip, entries(archive, zip), limits);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  @Override
  public NavigableSet<String> names() {
    return Collections.unmodifiableNavigableSet(entries.navigableKeySet());
  }

  @Override
  public byte[] read(String name) {
    try (InputStream stream = open(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw notUnpacked(name, e);
    }
  }

  @Override
  public InputStream open(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw SnapshotException.in(name, "not in the snapshot");
    }
    try {
      InputStream unpacking = new Unpacking(name, zip.getInputStream(entry));
      return limits.limited(name, unpacking, entry.getCompressedSize());
    } catch (IOException e) {
      throw notUnpacked(name, e);
    }
  }

  private static SnapshotException notUnpacked(String name, IOException e) {
    return SnapshotException.in(name, "cannot be unpacked: " + FileProblem.reason(e));
  }

  /// Counts what all files of the archive unpack to.
  private final class Unpacking extends FilterInputStream {
    private final String name;

    Unpacking(String name, InputStream stream) {
      super(stream);
      this.name = name;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int from, int length) {
      int read;
      try {
        read = super.read(to, from, length);
      } catch (IOException e) {
        throw notUnpacked(name, e);
      }
      unpacked += Math.max(0, read);
      if (unpacked > limits.totalBytes()) {
        throw SnapshotException.in(
            archive, "unpacks to more than " + limits.totalBytes() + " bytes");
      }
      return read;
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw SnapshotException.in(archive, "cannot be closed: " + FileProblem.reason(e));
    }
  }

  private static NavigableMap<String, ZipEntry> entries(String archive, ZipFile zip) {
    TreeMap<String, ZipEntry> entries = new TreeMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = checked(archive, entry);
      if (!entry.isDirectory() && !FileNames.isClutter(name) && entries.put(name, entry) != null) {
        throw SnapshotException.in(archive, "holds " + Shown.quoted(name) + " twice");
      }
    }
    return withoutTopFolder(entries);
  }

  private static String checked(String archive, ZipEntry entry) {
    String name = entry.getName();
    String plain = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
    if (!FileNames.isInside(plain)) {
      throw SnapshotException.in(
          archive, "holds " + Shown.quoted(name) + ", a name that leaves the archive");
    }
    return name;
  }

  /// Zips made of a folder hold that folder; it is no part of the format.
  private static NavigableMap<String, ZipEntry> withoutTopFolder(
      NavigableMap<String, ZipEntry> entries) {
    TreeSet<String> tops = new TreeSet<>();
    for (String name : entries.keySet()) {
      tops.add(name.substring(0, name.indexOf('/') + 1));
    }
    String top = tops.size() == 1 ? tops.getFirst() : "";
    if (top.isEmpty() || List.of("regions/", "open-id-connect-providers/").contains(top)) {
      return entries;
    }
    TreeMap<String, ZipEntry> stripped = new TreeMap<>();
    entries.forEach((name, entry) -> stripped.put(name.substring(top.length()), entry));
    return stripped;
  }
}
