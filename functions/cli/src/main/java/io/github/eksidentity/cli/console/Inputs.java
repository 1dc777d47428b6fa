package io.github.eksidentity.cli.console;

import io.github.eksidentity.snapshot.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Files and standard input.
public final class Inputs {
  private static final int LARGEST_DOCUMENT = 1 << 20;

  private Inputs() {}

  /// Opens a file, or standard input where none or `-` is named.
  ///
  /// @throws Failure if it cannot be opened
  public static InputStream open(Console console, Optional<String> name) {
    if (name.isEmpty() || name.get().equals("-")) {
      return console.in();
    }
    Path file = console.path(name.get());
    try {
      refuseOthers(file, name.get());
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new Failure(unreadable(name.get(), e), e);
    }
  }

  /// A pipe that nobody writes to, or a device without an end, would hold the command for ever. A
  /// shell's own pipe, as `<(command)` makes one, has its writer.
  ///
  /// @throws Failure if it is no file
  public static void refuseOthers(Path file, String name) {
    if (Files.isDirectory(file)) {
      throw new Failure(name + " is a directory, not a file.");
    }
    boolean ofShell =
        file.startsWith("/dev/fd")
            || file.startsWith("/proc/self/fd")
            || file.equals(Path.of("/dev/stdin"))
            || file.equals(Path.of("/dev/null"));
    if (!ofShell && Files.exists(file) && !Files.isRegularFile(file)) {
      throw new Failure(name + " is no file, but a pipe, a device or a socket.");
    }
    if (!Files.exists(file) && Files.isSymbolicLink(file)) {
      throw new Failure(name + " is a link to nothing.");
    }
  }

  /// A whole text file.
  ///
  /// @param most characters, which no file that is meant has
  /// @throws Failure if it is no file, cannot be read, is larger or is not UTF-8
  public static String text(Path file, String name, int most) {
    refuseOthers(file, name);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(file, most)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Failure(name + " is not UTF-8 text.", e);
    } catch (IOException e) {
      throw new Failure(unreadable(name, e), e);
    }
  }

  /// A whole small file.
  ///
  /// @throws IOException if it is no file, cannot be read or is larger
  public static byte[] bytes(Path file, int most) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file) && !file.startsWith("/dev")) {
      throw new IOException("it is no file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("it is larger than " + most + " bytes");
      }
      return bytes;
    }
  }

  /// One policy document.
  ///
  /// @throws Failure if it cannot be read or is far larger than any policy
  public static byte[] document(Console console, Optional<String> name) {
    try (InputStream stream = open(console, name)) {
      byte[] bytes = stream.readNBytes(LARGEST_DOCUMENT + 1);
      if (bytes.length > LARGEST_DOCUMENT) {
        throw new Failure(
            name.orElse("standard input") + " is larger than a megabyte: no trust policy.");
      }
      return bytes;
    } catch (IOException e) {
      throw new Failure(unreadable(name.orElse("standard input"), e), e);
    }
  }

  /// Why a file cannot be read, in one sentence.
  public static String unreadable(String name, IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "There is no file " + name + ".";
      case AccessDeniedException _ -> "The file " + name + " may not be read.";
      default -> name + " cannot be read: " + FileProblem.reason(e);
    };
  }
}
