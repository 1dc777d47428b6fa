package io.github.eksidentity.cli.console;

import java.io.IOException;
import java.io.InputStream;
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
      if (Files.isDirectory(file)) {
        throw new Failure(name.get() + " is a directory, not a file.");
      }
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new Failure(unreadable(name.get(), e), e);
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
      default -> name + " cannot be read: " + e.getMessage();
    };
  }
}
