package io.github.eksidentity.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReaderTest {
  /// Gives a few bytes at a time, as a zip or a network drive may.
  private static InputStream trickling(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(length, most));
      }
    };
  }

  private static String read(byte[] bytes, int most) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Reader reader = new SourceReader("f", trickling(bytes, most))) {
      char[] buffer = new char[1000];
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        text.append(buffer, 0, read);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1 << 20})
  void everyEncodingAndSizeOfPieceGivesTheText(int most) throws IOException {
    String text = "a\u00e4\u20ac\uD83D\uDE00\n".repeat(20_000);
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertEquals(text, read(("\uFEFF" + text).getBytes(charset), most));
    }
    assertEquals(text, read(text.getBytes(StandardCharsets.UTF_8), most));
    assertEquals("", read(new byte[0], most));
    assertEquals("x", read(new byte[] {'x'}, most));
  }

  @Test
  void aByteThatIsNotOfTheEncodingIsNamedByItsPlace() {
    String before = "line\n".repeat(30_000) + "ab";
    byte[] bytes = (before + "?").getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 1] = (byte) 0xFF;
    assertEquals(
        "f, line 30001, column 3: a byte stands here that is not UTF-8",
        assertThrows(SnapshotException.class, () -> read(bytes, 4096)).sentence());
    assertThrows(SnapshotException.class, () -> read(new byte[] {(byte) 0xC3}, 1));
  }

  /// More roles than are remembered at once, in every layout: documents keep their letters, without
  /// the indent of the file.
  @ParameterizedTest
  @ValueSource(strings = {"\n    ", "", "\n\t", "\r\n  "})
  void documentsKeepTheirLettersHoweverLongTheFileIs(String indent) {
    List<String> documents = new ArrayList<>();
    StringBuilder file = new StringBuilder("{\"RoleDetailList\": [");
    for (int i = 0; i < 3_000; i++) {
      String line = indent.isEmpty() ? "" : "\n";
      documents.add("{" + line + "  \"Version\": \"\u00e4" + i + "\"" + line + "}");
      file.append(i == 0 ? "" : ",")
          .append(indent)
          .append("{\"Arn\": \"a\", \"RoleName\": \"r\",")
          .append(indent)
          .append("\"AssumeRolePolicyDocument\": ")
          .append(documents.getLast().replace("\n", indent))
          .append('}');
    }
    SnapshotFiles files =
        SnapshotFiles.of(
            Map.of("f", file.append("]}").toString().getBytes(StandardCharsets.UTF_8)));
    List<String> read = new ArrayList<>();
    new JsonFile("f", files)
        .streamed(
            Map.of(
                "RoleDetailList",
                role -> read.add(AwsMembers.document(role, "AssumeRolePolicyDocument"))));
    assertEquals(documents, read.stream().map(text -> text.replace("\r", "")).toList());
  }

  /// Read as a whole it would be 40 MB of text.
  @Test
  void aFileIsReadPieceByPiece() {
    String item = "{\"Arn\": \"" + "a".repeat(10_000) + "\"},";
    Repeated files = new Repeated("{\"L\": [", item, 4_000, "{}]}");
    int[] count = new int[1];
    new JsonFile("f", files).streamed(Map.of("L", _ -> count[0]++));
    assertEquals(4_001, count[0]);
  }

  /// A file that is made while it is read.
  private record Repeated(String head, String unit, int times, String tail)
      implements SnapshotFiles {
    @Override
    public NavigableSet<String> names() {
      return new TreeSet<>(List.of("f"));
    }

    @Override
    public byte[] read(String name) {
      throw new AssertionError("the file would be in memory as a whole");
    }

    @Override
    public InputStream open(String name) {
      Iterator<byte[]> parts =
          IntStream.range(0, times + 2)
              .mapToObj(i -> bytes(i == 0 ? head : i <= times ? unit : tail))
              .iterator();
      return new InputStream() {
        private InputStream part = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
          int read = part.read(to, from, length);
          while (read < 0 && parts.hasNext()) {
            part = new ByteArrayInputStream(parts.next());
            read = part.read(to, from, length);
          }
          return read;
        }
      };
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
