package io.github.eksidentity.snapshot;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The text forms of a policy document: as it is, URL-encoded as IAM sends it, and indented as part
/// of a file.
final class Documents {
  private static final Pattern URL_ENCODED =
      Pattern.compile("[A-Za-z0-9._~!*'()+-]*+(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!*'()+-]*+)++");
  private static final String UNRESERVED = "-_.~";

  private Documents() {}

  /// The document, URL-decoded by RFC 3986 where it is URL-encoded throughout; a plus is a plus.
  static String decoded(String text) {
    if (!isEncoded(text)) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.put((byte) Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.put((byte) c);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      return text;
    }
  }

  /// A string that [#decoded] turns into this document.
  static String asString(String document) {
    return decoded(document).equals(document) ? document : encoded(document);
  }

  private static boolean isEncoded(String text) {
    return text.indexOf('%') >= 0 && text.indexOf('"') < 0 && URL_ENCODED.matcher(text).matches();
  }

  private static String encoded(String document) {
    StringBuilder encoded = new StringBuilder();
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(document));
    while (bytes.hasRemaining()) {
      char c = (char) (bytes.get() & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  /// The text without an indent that every line but the first begins with; as it is where one does
  /// not.
  static String outdented(String text, String indent) {
    if (indent.isEmpty() || text.indexOf('\n') < 0) {
      return text;
    }
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (!text.startsWith(indent, at + 1)) {
        return text;
      }
    }
    return text.replace("\n" + indent, "\n");
  }

  /// The inverse of [#outdented].
  static String indented(String text, String indent) {
    return text.replace("\n", "\n" + indent);
  }
}
