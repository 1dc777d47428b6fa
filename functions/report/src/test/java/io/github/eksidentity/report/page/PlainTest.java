package io.github.eksidentity.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "payments-api",
        "\u00e4\u00f6\u00fc\u00df \u00e9",
        "\u043f\u0440\u0438\u0432\u0435\u0442",
        "\u65e5\u672c\u8a9e",
        "\ud55c\uad6d\uc5b4",
        "\u2026 \u25a0 \u2500\u2500 \u2022"
      })
  void whatAnybodyReadsStays(String text) {
    assertEquals(text, Plain.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0000, \\u0000",
    "001B, \\u001B",
    "007F, \\u007F",
    "00A0, \\u00A0",
    "00AD, \\u00AD",
    "034F, \\u034F",
    "115F, \\u115F",
    "1160, \\u1160",
    "200B, \\u200B",
    "202E, \\u202E",
    "2028, \\u2028",
    "2800, \\u2800",
    "3000, \\u3000",
    "3164, \\u3164",
    "FE0F, \\uFE0F",
    "FEFF, \\uFEFF",
    "FFA0, \\uFFA0",
    "E0041, \\uDB40\\uDC41",
    "FF41, \\uFF41",
    "1D41A, \\uD835\\uDC1A",
    "2160, \\u2160",
    "0131, \\u0131",
    "2010, \\u2010",
    "2212, \\u2212",
    "2215, \\u2215"
  })
  void whatHidesOrDeceivesIsShown(String point, String shown) {
    String character = Character.toString(Integer.parseInt(point, 16));
    assertEquals("a" + shown + "b", Plain.of("a" + character + "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u0430yments",
        "\u0440\u0430\u0443",
        "\u0391\u0392",
        "app\u0435",
        "sts.am\u0430zonaws.com",
        "\u13aax",
        "e\u0301"
      })
  void lettersOfOtherScriptsAreShownWhereTheyPassForLatinOnes(String text) {
    String plain = Plain.of(text);
    assertFalse(plain.codePoints().anyMatch(point -> point > 0x7F), plain);
  }
}
