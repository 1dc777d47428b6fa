package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is deployed is small.
class ZipSizeTest {
  @Test
  void theZipsAreSmall() throws IOException {
    for (String module : List.of("audit", "alert", "securityhub")) {
      long bytes = Files.size(Zips.of(module));
      assertTrue(bytes <= Zips.limit(module), () -> module + ".zip has " + bytes + " bytes");
    }
  }
}
