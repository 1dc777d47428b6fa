package io.github.eksidentity.core.answers;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The encoding in which IAM's API carries policy documents, and URLs their parts: RFC 3986, by
/// which a plus sign is a plus sign.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html>.
public final class PercentEncoding {
  private static final String UNRESERVED = "-._~";

  /// What an encoder may leave as it is, since it cannot be meant otherwise in a URL's query.
  private static final String LITERAL = UNRESERVED + "!$&'()*+,;=:@/?";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /// The text that is meant. Emulators and the AWS CLI give some documents as they are: what holds
  /// a character that no encoder leaves, as every JSON object does, is not encoded.
  ///
  /// @return the text unchanged where it is not validly encoded throughout
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteBuffer octets = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && isOctet(text, i + 1)) {
        octets.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else if (isOneOf(LITERAL, c)) {
        octets.put((byte) c);
      } else {
        return text;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
    } catch (CharacterCodingException _) {
      return text;
    }
  }

  /// The text with all but letters, digits and `-._~` encoded.
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() * 2);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (isOneOf(UNRESERVED, c)) {
        encoded.append(c);
      } else {
        HEX.toHexDigits(encoded.append('%'), octet);
      }
    }
    return encoded.toString();
  }

  private static boolean isOctet(String text, int at) {
    return at + 2 <= text.length()
        && HexFormat.isHexDigit(text.charAt(at))
        && HexFormat.isHexDigit(text.charAt(at + 1));
  }

  private static boolean isOneOf(String others, char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || others.indexOf(c) >= 0);
  }
}
