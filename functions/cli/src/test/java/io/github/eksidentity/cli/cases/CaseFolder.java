package io.github.eksidentity.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.eksidentity.cli.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a case: the base, over it the case's own, then what case.json says to make of them.
final class CaseFolder {
  static final Path CASES = Path.of("src/test/resources/cases");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CaseFolder() {}

  static void layOut(JsonNode of, Path own, Path work) throws IOException, InterruptedException {
    if (of.has("base")) {
      String base = of.get("base").asText();
      if (base.equals("demo")) {
        Command.demo(work.resolve("snapshot"));
      } else {
        copy(CASES.resolve("_base").resolve(base), work);
      }
    }
    copy(own, work);
    Files.delete(work.resolve("case.json"));
    for (JsonNode name : of.path("without")) {
      delete(work.resolve(name.asText()));
    }
    for (Map.Entry<String, JsonNode> file : of.path("edit").properties()) {
      edit(work.resolve(file.getKey()), file.getValue());
    }
    change(of, work);
    for (Map.Entry<String, JsonNode> file : of.path("make").properties()) {
      make(work.resolve(file.getKey()), file.getValue());
    }
  }

  /// Texts to replace, files to repeat and links to set, before the first call or a later one.
  static void change(JsonNode wanted, Path work) throws IOException {
    for (Map.Entry<String, JsonNode> file : wanted.path("replace").properties()) {
      Path path = work.resolve(file.getKey());
      String text = read(path);
      for (JsonNode pair : file.getValue()) {
        text = text.replace(bytes(pair.get(0).asText()), bytes(pair.get(1).asText()));
      }
      write(path, text);
    }
    for (Map.Entry<String, JsonNode> file : wanted.path("repeat").properties()) {
      Path path = work.resolve(file.getKey());
      write(path, read(path).repeat(file.getValue().asInt()));
    }
    for (Map.Entry<String, JsonNode> link : wanted.path("link").properties()) {
      Files.createSymbolicLink(work.resolve(link.getKey()), Path.of(link.getValue().asText()));
    }
  }

  /// One character for each byte, so that what is no UTF-8 survives.
  private static String read(Path path) throws IOException {
    return Files.readString(path, StandardCharsets.ISO_8859_1);
  }

  private static void write(Path path, String text) throws IOException {
    Files.writeString(path, text, StandardCharsets.ISO_8859_1);
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static void make(Path path, JsonNode parts) throws IOException, InterruptedException {
    if (parts.isTextual()) {
      new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
      return;
    }
    StringBuilder text = new StringBuilder(parts.path("head").asText());
    for (int i = 0; i < parts.get("times").asInt(); i++) {
      text.append(parts.get("unit").asText().replace("%d", Integer.toString(i)));
    }
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.writeString(path, text.append(parts.path("tail").asText()));
  }

  private static void edit(Path path, JsonNode changes) throws IOException {
    JsonNode document = MAPPER.readTree(path.toFile());
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String pointer = change.getKey();
      int last = pointer.lastIndexOf('/');
      JsonNode parent = document.at(pointer.substring(0, last));
      String name = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
      switch (parent) {
        case ObjectNode object -> object.set(name, change.getValue());
        case ArrayNode array when name.equals("-") -> array.add(change.getValue());
        case ArrayNode array -> array.set(Integer.parseInt(name), change.getValue());
        default -> throw new IllegalArgumentException(path + " has no " + pointer);
      }
    }
    MAPPER.writeValue(path.toFile(), document);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target);
        } else {
          Files.deleteIfExists(target);
          Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }

  private static void delete(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
