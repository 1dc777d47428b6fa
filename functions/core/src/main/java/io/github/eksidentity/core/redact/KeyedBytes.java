package io.github.eksidentity.core.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An endless row of bytes that only the salt and a text determine, and from which neither can be
/// found.
final class KeyedBytes {
  private static final String ALGORITHM = "HmacSHA256";

  /// A text goes into every block, so a long one goes in as its digest.
  private static final int LONG = 256;

  private final Mac mac;
  private final String text;
  private byte[] block = new byte[0];
  private int blocks;
  private int next;

  KeyedBytes(byte[] salt, String text) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      this.text = text.length() > LONG ? digest(text) : text;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  private String digest(String text) {
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// A number from 0 to below the bound, which is at most 256.
  int below(int bound) {
    return next() * bound / 256;
  }

  private int next() {
    if (next == block.length) {
      block = mac.doFinal((blocks++ + "/" + text).getBytes(StandardCharsets.UTF_8));
      next = 0;
    }
    return block[next++] & 0xff;
  }
}
