package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.json.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// The text of a file, decoded while it is read, so that no file is ever in memory as a whole. What
/// was read lately can be had once more, see [Passage].
///
/// A byte order mark is passed over. Windows PowerShell redirects into UTF-16, so that is
/// understood where its mark says so; everything else is UTF-8.
final class SourceReader extends Reader {
  private static final int CHUNK = 1 << 16;
  private static final int MARK_LENGTH = 3;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String file;
  private final InputStream in;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
  private final CharBuffer chars = CharBuffer.allocate(CHUNK).flip();
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final Passage passage = new Passage();
  private final Extent extent = new Extent();
  private boolean atEnd;
  private boolean broken;

  /// @param file what messages call it
  SourceReader(String file, InputStream in) throws IOException {
    this.file = file;
    this.in = in;
    while (bytes.position() < MARK_LENGTH && more()) {
      // a stream may give fewer bytes than were asked for
    }
    bytes.flip();
    this.charset = charset(bytes);
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    decode();
    if (chars.hasRemaining() && chars.get(chars.position()) == BYTE_ORDER_MARK) {
      chars.get();
    }
  }

  private static Charset charset(ByteBuffer first) {
    if (first.remaining() >= 2 && first.get(0) == (byte) 0xFF && first.get(1) == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (first.remaining() >= 2 && first.get(0) == (byte) 0xFE && first.get(1) == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  /// Whether there is nothing but white space in the file, as far as one look shows.
  boolean isBlank() {
    return atEnd && !broken && chars.toString().isBlank();
  }

  @Override
  public int read(char[] to, int from, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (broken) {
        throw SnapshotException.inText(
            file, extent.next(), "a byte stands here that is not " + charset.name());
      }
      if (atEnd) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(to, from, count);
    passage.add(to, from, count);
    extent.add(to, from, count);
    return count;
  }

  /// Reads to the end and tells how far the text goes.
  Extent whole() throws IOException {
    char[] rest = new char[CHUNK];
    while (read(rest, 0, rest.length) >= 0) {
      passage.forgetAll();
    }
    return extent;
  }

  /// What was read lately.
  Passage passage() {
    return passage;
  }

  private void fill() throws IOException {
    bytes.compact();
    atEnd = !more();
    bytes.flip();
    decode();
  }

  private boolean more() throws IOException {
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      atEnd = true;
      return false;
    }
    bytes.position(bytes.position() + read);
    return true;
  }

  private void decode() {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, atEnd);
    chars.flip();
    broken = result.isError();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /// How far a text goes.
  static final class Extent {
    private static final int TAIL = 64;

    private final StringBuilder tail = new StringBuilder();
    private int line = 1;
    private int column = 1;
    private int lastLine = 1;
    private int lastColumn;

    private void add(char[] text, int from, int count) {
      for (int i = from; i < from + count; i++) {
        if (!Character.isWhitespace(text[i])) {
          lastLine = line;
          lastColumn = column;
        }
        column++;
        if (text[i] == '\n') {
          line++;
          column = 1;
        }
      }
      int kept = Math.min(count, TAIL);
      tail.append(text, from + count - kept, kept);
      tail.delete(0, Math.max(0, tail.length() - TAIL));
    }

    /// Where the next character would stand.
    Position next() {
      return new Position(line, column);
    }

    /// Whether a place lies behind everything but white space.
    boolean endsBefore(Position at) {
      return at.line() > lastLine || (at.line() == lastLine && at.column() > lastColumn);
    }

    /// Whether a word is the last thing but white space, on this line.
    boolean endsWith(String word, int onLine) {
      return onLine == lastLine && tail.toString().stripTrailing().endsWith(word);
    }
  }
}
