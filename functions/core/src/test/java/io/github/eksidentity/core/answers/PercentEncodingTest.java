package io.github.eksidentity.core.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentEncodingTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "%7B%22a%22%3A%20%22%C3%A4%2B%2B%22%7D, `{\"a\": \"ä++\"}`",
        "%7B%22a%22%3A%22b+c%22%7D, `{\"a\":\"b+c\"}`",
        "`{\"a\": \"100%25 %7B+\"}`, `{\"a\": \"100%25 %7B+\"}`",
        "not encoded, not encoded",
        "cut off %7, cut off %7",
        "no octet %zz, no octet %zz",
        "no text %FF%FE, no text %FF%FE",
        "%41, A",
        "%7B%22a%22%3A%22b/c:d@e%22%7D, `{\"a\":\"b/c:d@e\"}`",
        "cut%7, cut%7",
        "cut%, cut%",
        "no-octet%zz, no-octet%zz",
        "no-octet%\uff11\uff11, no-octet%\uff11\uff11",
        "no-text%FF%FE, no-text%FF%FE",
        "half-a-pair%ED%A0%80, half-a-pair%ED%A0%80",
        "raw\u00e4%41, raw\u00e4%41"
      })
  void encodedDocumentsAreDecodedAndOthersLeftAlone(String sent, String meant) {
    assertEquals(meant, PercentEncoding.decode(sent));
  }

  @Test
  void whatIsEncodedIsDecodedToTheSame() {
    for (String text :
        List.of(
            "", "-._~", "a b+c%20/?#[]{}\"", "\u0000\n\u007f", "\u00e4\u2028\ud83d\ude00", "%")) {
      assertEquals(text, PercentEncoding.decode(PercentEncoding.encode(text)));
    }
    assertEquals("a-._~Z9%20%2B%2F%C3%A4", PercentEncoding.encode("a-._~Z9 +/\u00e4"));
  }

  @Test
  void lengthTakesNoStack() {
    String text = " ".repeat(1_000_000);
    assertEquals(text, PercentEncoding.decode("%20".repeat(1_000_000)));
  }
}
