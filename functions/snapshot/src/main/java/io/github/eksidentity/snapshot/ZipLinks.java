package io.github.eksidentity.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Finds symbolic links in a zip. They stand in the central directory's external attributes, which
/// java.util.zip does not tell.
///
/// Documented at <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, sections 4.3.12 and
/// 4.3.16.
final class ZipLinks {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int FILE_TYPE = 0xF000;
  private static final int SYMBOLIC_LINK = 0xA000;

  private ZipLinks() {}

  /// @throws SnapshotException if the zip holds a symbolic link
  static void refuse(Path archive) throws IOException {
    try (FileChannel channel = FileChannel.open(archive)) {
      ByteBuffer directory = centralDirectory(channel);
      while (directory.remaining() >= ENTRY_LENGTH
          && directory.getInt(directory.position()) == ENTRY_SIGNATURE) {
        int start = directory.position();
        int nameLength = Short.toUnsignedInt(directory.getShort(start + 28));
        int extraLength = Short.toUnsignedInt(directory.getShort(start + 30));
        int commentLength = Short.toUnsignedInt(directory.getShort(start + 32));
        int unixMode = directory.getInt(start + 38) >>> 16;
        int next = start + ENTRY_LENGTH + nameLength + extraLength + commentLength;
        if (next > directory.limit()) {
          return;
        }
        if ((unixMode & FILE_TYPE) == SYMBOLIC_LINK) {
          byte[] name = new byte[nameLength];
          directory.get(start + ENTRY_LENGTH, name);
          String shown = Shown.quoted(new String(name, StandardCharsets.UTF_8));
          throw SnapshotException.in(
              archive.toString(), "holds " + shown + ", a symbolic link, which is not followed");
        }
        directory.position(next);
      }
    }
  }

  private static ByteBuffer centralDirectory(FileChannel channel) throws IOException {
    long size = channel.size();
    int tailLength = (int) Math.min(size, END_LENGTH + LONGEST_COMMENT);
    ByteBuffer tail = read(channel, size - tailLength, tailLength);
    for (int at = tailLength - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE) {
        long length = Integer.toUnsignedLong(tail.getInt(at + 12));
        long end = size - tailLength + at;
        long start = Math.max(0, end - length);
        return read(channel, start, (int) Math.min(end - start, Integer.MAX_VALUE - 8L));
      }
    }
    return ByteBuffer.allocate(0);
  }

  private static ByteBuffer read(FileChannel channel, long start, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    long at = start;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
    return buffer.flip();
  }
}
