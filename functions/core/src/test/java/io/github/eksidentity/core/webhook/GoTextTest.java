package io.github.eksidentity.core.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The expectations are what Go's own functions gave for the same texts.
final class GoTextTest {
  private static final List<String> NOTHING = List.of();

  @Test
  void readsOneRecordOfCsv() {
    Map<String, List<String>> records =
        Map.ofEntries(
            Map.entry("", NOTHING),
            Map.entry("\n\r\n", NOTHING),
            Map.entry("\n\nedge", List.of("edge")),
            Map.entry("a,b", List.of("a", "b")),
            Map.entry("a, b ", List.of("a", " b ")),
            Map.entry(",", List.of("", "")),
            Map.entry("a\nb", List.of("a")),
            Map.entry("a\r\nb", List.of("a")),
            Map.entry("a\r", List.of("a")),
            Map.entry("a\rb", List.of("a\rb")),
            Map.entry("\"a\",b", List.of("a", "b")),
            Map.entry("\"a,b\"", List.of("a,b")),
            Map.entry("\"a\"\"b\"", List.of("a\"b")),
            Map.entry("\"a\nb\",c", List.of("a\nb", "c")),
            Map.entry("\"a\"\nb", List.of("a")),
            Map.entry("\"\"", List.of("")),
            Map.entry("\"a", NOTHING),
            Map.entry("\"a\"b", NOTHING),
            Map.entry(" \"a\"", NOTHING),
            Map.entry("a,\"b", NOTHING),
            Map.entry("a\"b", NOTHING));
    records.forEach((text, record) -> assertEquals(record, GoText.firstRecord(text), text));
  }

  @Test
  void readsBooleans() {
    for (String text : List.of("1", "t", "T", "true", "TRUE", "True")) {
      assertEquals(Optional.of(true), GoText.bool(text), text);
    }
    for (String text : List.of("0", "f", "F", "false", "FALSE", "False")) {
      assertEquals(Optional.of(false), GoText.bool(text), text);
    }
    for (String text : List.of("", " true", "false ", "fAlSe", "yes", "no", "off", "-1", "00")) {
      assertEquals(Optional.empty(), GoText.bool(text), text);
    }
  }

  @Test
  void readsWholeNumbers() {
    assertEquals(OptionalLong.of(3600), GoText.whole("+3600"));
    assertEquals(OptionalLong.of(-5), GoText.whole("-5"));
    assertEquals(OptionalLong.of(600), GoText.whole("0600"));
    assertEquals(OptionalLong.of(Long.MIN_VALUE), GoText.whole("-9223372036854775808"));
    for (String text :
        Arrays.asList(
            "",
            "+",
            "-",
            "+-1",
            " 1",
            "1 ",
            "1_0",
            "0x8",
            "1e3",
            "1.0",
            "٣",
            "9223372036854775808")) {
      assertEquals(OptionalLong.empty(), GoText.whole(text), text);
    }
  }
}
