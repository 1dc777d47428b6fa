package io.github.eksidentity.cli.policy;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files with policies that a command line names.
final class PolicyFiles {
  private static final int MOST = 10_000;
  private static final String STANDARD_INPUT = "-";

  private PolicyFiles() {}

  /// The names, a directory replaced by its `.json` files, those of folders below it included, in
  /// order; standard input where nothing is named. Links to folders are not followed.
  ///
  /// @throws Failure if a directory cannot be read, or has no such file or too many
  static List<String> named(Console console, List<String> names) {
    if (names.isEmpty()) {
      return List.of(STANDARD_INPUT);
    }
    List<String> files = new ArrayList<>();
    for (String name : names) {
      Path path = name.equals(STANDARD_INPUT) ? Path.of("") : console.path(name);
      if (name.equals(STANDARD_INPUT) || !Files.isDirectory(path)) {
        files.add(name);
      } else {
        files.addAll(in(path, name));
      }
    }
    return files;
  }

  private static List<String> in(Path directory, String name) {
    try (Stream<Path> all = Files.walk(directory)) {
      List<String> files =
          all.filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(".json"))
              .limit(MOST + 1)
              .map(file -> Path.of(name).resolve(directory.relativize(file)).toString())
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new Failure("The directory " + name + " has no .json file.");
      }
      if (files.size() > MOST) {
        throw new Failure("The directory " + name + " has more than " + MOST + " .json files.");
      }
      return files;
    } catch (IOException e) {
      throw new Failure(Inputs.unreadable(name, e), e);
    } catch (UncheckedIOException e) {
      throw new Failure(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
