package io.github.eksidentity.core.redact;

import java.util.regex.Pattern;

/// The ways in which addresses and account ids are written, as regular expressions. Each repetition
/// is bounded, so that no text makes them slow or deep.
final class AddressForms {
  private static final String OCTET = "0?\\d{1,3}";

  /// Four numbers with dots between them (also ones in brackets, which keep a text from becoming a
  /// link), whatever follows; or exactly four with hyphens or underscores, as in names of hosts,
  /// that are too long for a count, or follow `ip-`.
  static final String V4 =
      "(?<![\\p{L}\\p{Nd}_]|\\d\\.)(?<dotted>%1$s(?<dot>\\.|\\[\\.\\]|\\(\\.\\))%1$s\\k<dot>%1$s\\k<dot>%1$s)(?!\\d)"
              .formatted(OCTET)
          + "|(?<![\\p{L}\\p{Nd}]|\\b\\d{1,4}[-_])(?:(?<=\\b(?:ip|ec2)-)|(?=[\\d_-]{8}))(?<joined>%1$s(?<join>[-_])%1$s\\k<join>%1$s\\k<join>%1$s)(?![-_]?\\d)"
              .formatted(OCTET);

  private static final String GAP = "[^\\p{L}\\p{Nd}]{1,3}";

  /// Twelve digits in equal groups, as the console shows an account id.
  static final String SPACED_ACCOUNT =
      "(?<![\\p{L}\\p{Nd}])(?<account>\\d{4}%1$s\\d{4}%1$s\\d{4}|\\d{3}(?:%1$s\\d{3}){3}|\\d{6}%1$s\\d{6})(?![\\p{L}\\p{Nd}]|:[0-9a-fA-F]{0,4}:)"
          .formatted(GAP);

  private static final String GROUP = "[0-9a-fA-F]{1,4}";

  /// Groups of hexadecimal digits with colons between them, of which [#isV6] tells the rest; or
  /// with hyphens, as in names of hosts: eight of them, or fewer with one gap of two hyphens.
  static final String V6 =
      "(?<![\\p{L}\\p{Nd}:.])(?<colons>[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})(?![\\w:]|\\.\\d)"
          + "|(?<![\\p{L}\\p{Nd}-])(?=[0-9a-fA-F-]{0,38}\\d)(?<dashes>%1$s(?:-%1$s){7}|%1$s(?:-%1$s){0,6}--(?:%1$s(?:-%1$s){0,6})?)(?![\\p{L}\\p{Nd}-])"
              .formatted(GROUP);

  private static final Pattern COMPLETE_V6 =
      Pattern.compile("(?=.{0,40}[0-9])(?:.*::.*|(?:[^:]{1,4}:){7}[^:]{1,4})");

  private AddressForms() {}

  /// Whether groups with colons between them are an address.
  static boolean isV6(String groups) {
    return COMPLETE_V6.matcher(groups).matches();
  }
}
