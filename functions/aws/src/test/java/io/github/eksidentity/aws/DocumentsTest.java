package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
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
        "%41, A"
      })
  void encodedDocumentsAreDecodedAndOthersLeftAlone(String sent, String meant) {
    assertEquals(meant, Documents.decode(sent));
  }
}
