package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.json.Position;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns the bytes of a file into text.
final class SourceText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SourceText() {}

  /// The file's text without a byte order mark. Windows PowerShell redirects into UTF-16, so that
  /// is understood where its mark says so; everything else is UTF-8.
  ///
  /// @throws SnapshotException at the first byte that is not of the encoding
  static String decode(String file, byte[] bytes) {
    Charset charset = charset(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    var result =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      throw SnapshotException.inText(
          file, end(text), "a byte stands here that is not " + charset.name());
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return text.subSequence(marked ? 1 : 0, text.length()).toString();
  }

  private static Charset charset(byte[] bytes) {
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static Position end(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      column++;
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      }
    }
    return new Position(line, column);
  }
}
