package io.github.eksidentity.snapshot;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

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

  /// A file that ends with a [SnapshotException] where it goes on for longer than it may, whatever
  /// its headers say.
  ///
  /// @param packed bytes it takes in the archive, or its size where it is not packed
  InputStream limited(String name, InputStream stream, long packed) {
    return new Limited(name, stream, Math.min(fileBytes, Math.max(SMALL, saturated(packed))));
  }

  private long saturated(long packed) {
    return packed > Long.MAX_VALUE / ratio ? Long.MAX_VALUE : packed * ratio;
  }

  /// Counts what is read of a file.
  private final class Limited extends FilterInputStream {
    private final String name;
    private final long most;
    private long count;

    Limited(String name, InputStream stream, long most) {
      super(stream);
      this.name = name;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int unit = super.read();
      return unit < 0 ? unit : counted(unit, 1);
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      int read = super.read(to, from, length);
      return read < 0 ? read : counted(read, read);
    }

    private int counted(int result, int read) {
      count += read;
      if (count > fileBytes) {
        throw SnapshotException.in(name, "is larger than " + fileBytes + " bytes");
      }
      if (count > most) {
        throw SnapshotException.in(
            name, "unpacks to more than " + ratio + " times its size, as no real snapshot does");
      }
      return result;
    }
  }
}
