package io.github.eksidentity.core.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Replaces IP addresses. Addresses with a common beginning keep having one, and zeros stay, so
/// that ranges remain ranges. Those that are the same in every network stay: of the loopback, the
/// link, and `0.0.0.0`.
final class Addresses {
  private static final Pattern SHARED_V4 = Pattern.compile("0*(0|127|169\\.0*254)\\..*");
  private static final Pattern BETWEEN = Pattern.compile("\\D+");
  private static final int LARGEST_OF_ALL = 255;
  private static final Pattern SHARED_V6 = Pattern.compile("(?i)[:01]+|fe80:.*|fd00:ec2:.*");
  private static final int LARGEST_UNICAST = 223;
  private static final int LARGEST_OCTET = 254;
  private static final int LOOPBACK = 127;
  private static final int LINK = 169;
  private static final String HEX = "0123456789abcdef";

  private final byte[] salt;

  Addresses(byte[] salt) {
    this.salt = salt.clone();
  }

  /// What stands for four numbers with the same between each two of them.
  String ofV4(String address) {
    String[] octets = BETWEEN.split(address, -1);
    if (SHARED_V4.matcher(String.join(".", octets)).matches()) {
      return address;
    }
    String separator = address.replaceFirst("\\d+(\\D+).*", "$1");
    List<String> replaced = new ArrayList<>();
    StringBuilder before = new StringBuilder();
    for (String octet : octets) {
      replaced.add(octet(before.toString(), octet));
      before.append('.').append(Integer.parseInt(octet));
    }
    return String.join(separator, replaced);
  }

  /// Zeros before a number stay as many as they can be.
  private String octet(String before, String octet) {
    int value = Integer.parseInt(octet);
    int largest = before.isEmpty() ? LARGEST_UNICAST : LARGEST_OCTET;
    if (value == 0 || (value > largest && value <= LARGEST_OF_ALL)) {
      return octet;
    }
    String number = Integer.toString(mapped(before, value, largest));
    int zeros = octet.startsWith("0") ? Math.max(0, octet.length() - number.length()) : 0;
    return "0".repeat(zeros) + number;
  }

  /// Another number from 1 on, the same one for the same value after the same beginning.
  private int mapped(String before, int value, int largest) {
    List<Integer> order = new ArrayList<>();
    KeyedBytes bytes = new KeyedBytes(salt, "address" + before);
    for (int candidate = 1; candidate <= largest; candidate++) {
      if (!before.isEmpty() || (candidate != LOOPBACK && candidate != LINK)) {
        order.add(bytes.below(order.size() + 1), candidate);
      }
    }
    return order.get((value - 1) % order.size());
  }

  /// What stands for groups of hexadecimal digits with colons between them.
  String ofV6(String address) {
    if (SHARED_V6.matcher(address).matches()) {
      return address;
    }
    String[] groups = address.split(":", -1);
    return Arrays.stream(groups).map(this::group).collect(Collectors.joining(":"));
  }

  private String group(String group) {
    KeyedBytes bytes = new KeyedBytes(salt, "group" + group);
    StringBuilder replaced = new StringBuilder();
    for (int i = 0; i < group.length(); i++) {
      boolean zero = group.charAt(i) == '0';
      replaced.append(zero ? '0' : HEX.charAt(1 + bytes.below(HEX.length() - 1)));
    }
    return replaced.toString();
  }
}
