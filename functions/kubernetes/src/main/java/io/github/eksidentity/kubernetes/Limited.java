package io.github.eksidentity.kubernetes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that is cut off with an error once it is longer than it may be.
final class Limited extends FilterInputStream {
  private long left;

  Limited(InputStream stream, long most) {
    super(stream);
    left = most;
  }

  /// Longer than it may be.
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("longer than allowed");
    }
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int read) throws TooLong {
    left -= read;
    if (left < 0) {
      throw new TooLong();
    }
  }
}
