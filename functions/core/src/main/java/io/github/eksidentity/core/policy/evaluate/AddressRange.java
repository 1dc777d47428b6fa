package io.github.eksidentity.core.policy.evaluate;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address or range in CIDR notation.
///
/// @param address the address itself; its class tells the two kinds apart
/// @param bits how many of its bits count
public record AddressRange(InetAddress address, int bits) {
  private static final int LONGEST = 64;
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  /// The range that a text names; an address alone is a range of one.
  public static Optional<AddressRange> of(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    if (text.length() > LONGEST || !(V4.matcher(host).matches() || V6.matcher(host).matches())) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      int all = address.getAddress().length * Byte.SIZE;
      String suffix = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
      return BITS.matcher(suffix).matches() && Integer.parseInt(suffix) <= all
          ? Optional.of(new AddressRange(address, Integer.parseInt(suffix)))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether every address of the other range is in this one. The two kinds of addresses do not
  /// contain one another.
  boolean contains(AddressRange other) {
    byte[] mine = address.getAddress();
    byte[] its = other.address.getAddress();
    if (mine.length != its.length || bits > other.bits) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if ((mine[bit / Byte.SIZE] & mask) != (its[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
