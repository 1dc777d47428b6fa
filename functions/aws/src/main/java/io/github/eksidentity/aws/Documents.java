package io.github.eksidentity.aws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Policy documents as IAM's API carries them.
final class Documents {
  private Documents() {}

  /// The document's text. IAM sends it percent-encoded; emulators send some of them as they are. A
  /// plus sign is a plus sign, because the encoding is that of RFC 3986.
  ///
  /// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html>.
  ///
  /// @return the text unchanged where it is not validly encoded
  static String decode(String text) {
    String start = text.stripLeading();
    boolean plain = start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
    return plain || text.indexOf('%') < 0 ? text : percentDecode(text);
  }

  private static String percentDecode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.write(encoded[i]);
        continue;
      }
      int value = i + 2 < encoded.length ? octet(encoded[i + 1], encoded[i + 2]) : -1;
      if (value < 0) {
        return text;
      }
      decoded.write(value);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      return text;
    }
  }

  private static int octet(byte high, byte low) {
    int upper = Character.digit(high, 16);
    int lower = Character.digit(low, 16);
    return upper < 0 || lower < 0 ? -1 : upper * 16 + lower;
  }
}
