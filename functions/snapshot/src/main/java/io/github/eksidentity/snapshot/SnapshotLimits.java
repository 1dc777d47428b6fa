package io.github.eksidentity.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;

/// What a snapshot may weigh. They are far above any real account and keep a hostile archive from
/// filling the memory.
///
/// @param files number of files
/// @param fileBytes size of one file, unpacked
/// @param totalBytes size of all that is read, unpacked
/// @param ratio how many times larger than packed a file may be, once it is larger than a megabyte
public record SnapshotLimits(int files, long fileBytes, long totalBytes, int ratio) {
  /// 200,000 files, 256 MiB a file, 1 GiB in all, 400 times its packed size.
  public static final SnapshotLimits DEFAULT =
      new SnapshotLimits(200_000, 256L << 20, 1L << 30, 400);

  private static final long SMALL = 1L << 20;

  void checkCount(String snapshot, int count) {
    if (count > files) {
      throw SnapshotException.in(snapshot, "holds more than " + files + " files");
    }
  }

  /// Reads a file no further than it may go, whatever its headers say.
  ///
  /// @param packed bytes it takes in the archive, or its size where it is not packed
  byte[] read(String name, InputStream stream, long packed) throws IOException {
    long most = Math.min(fileBytes, Math.max(SMALL, saturated(packed)));
    byte[] bytes = stream.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8L));
    if (bytes.length > fileBytes) {
      throw SnapshotException.in(name, "is larger than " + fileBytes + " bytes");
    }
    if (bytes.length > most) {
      throw SnapshotException.in(
          name, "unpacks to more than " + ratio + " times its size, as no real snapshot does");
    }
    return bytes;
  }

  private long saturated(long packed) {
    return packed > Long.MAX_VALUE / ratio ? Long.MAX_VALUE : packed * ratio;
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
