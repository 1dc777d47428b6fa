package io.github.eksidentity.cli.store;

import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.report.alert.FindingsPlace;
import io.github.eksidentity.report.fix.Shell;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Where findings, runs and mutes are kept.
public final class StoreOptions {
  private static final String FILE = "file:";
  private static final String TABLE = "dynamodb:";
  private static final String TABLE_NAME = "[A-Za-z0-9_.-]{3,255}";
  private static final String DEFAULT = FILE + ".eks-identity";

  @Option(
      names = "--store",
      paramLabel = "STORE",
      arity = "0..1",
      fallbackValue = DEFAULT,
      description =
          "Where findings, runs and mutes are kept: file:PATH, a directory, or dynamodb:NAME, the"
              + " table of the deployed stack. "
              + DEFAULT
              + " where it stands without a value.")
  private @Nullable String store;

  /// An open store.
  ///
  /// @param lease for how long a run keeps others of its account out; none where the store itself
  /// keeps other processes out
  /// @param finish what to do when nothing more is asked of it
  public record Open(FindingStore store, Duration lease, Runnable finish) implements AutoCloseable {
    @Override
    public void close() {
      finish.run();
    }
  }

  /// Where a message may say to look things up.
  public FindingsPlace place() {
    return new FindingsPlace.Option(Optional.ofNullable(store));
  }

  /// The option as a further command needs it to reach the same store, with a space before it;
  /// nothing where that finds it by itself.
  public String option() {
    return store == null || store.equals(DEFAULT) ? "" : " " + Shell.command("--store", store);
  }

  /// Whether a store is named.
  public boolean given() {
    return store != null;
  }

  /// Opens the store to read it; without the option the one in the working directory.
  ///
  /// @param access to a table
  public Open toRead(Console console, CommandLine command, TableAccess access) {
    return switch (place(command)) {
      case Place.Directory(String path) -> {
        FileStore opened = FileStore.toRead(console.path(path), path);
        yield new Open(opened.store(), Duration.ZERO, opened::close);
      }
      case Place.Table(String name) -> FindingsTable.open(name, access);
    };
  }

  /// Refuses a store that cannot be read, before somebody has waited for what is to be kept in it.
  ///
  /// @param access to a table
  public void check(Console console, CommandLine command, TableAccess access) {
    switch (place(command)) {
      case Place.Directory(String path) -> FileStore.check(console.path(path), path);
      case Place.Table(String name) -> {
        try (Open open = FindingsTable.open(name, access)) {
          open.store().mutes();
        }
      }
    }
  }

  /// Opens the store to write to it; without the option the one in the working directory.
  ///
  /// @param access to a table
  public Open toWrite(Console console, CommandLine command, TableAccess access) {
    return switch (place(command)) {
      case Place.Directory(String path) -> {
        FileStore opened = FileStore.toWrite(console.path(path), path);
        yield new Open(
            opened.store(),
            Duration.ZERO,
            () -> {
              opened.tidy();
              opened.close();
            });
      }
      case Place.Table(String name) -> FindingsTable.open(name, access);
    };
  }

  /// What the option names.
  private sealed interface Place {
    record Directory(String path) implements Place {}

    record Table(String name) implements Place {}
  }

  private Place place(CommandLine command) {
    String named = Optional.ofNullable(store).orElse(DEFAULT);
    if (named.startsWith(FILE) && named.length() > FILE.length()) {
      return new Place.Directory(named.substring(FILE.length()));
    }
    if (named.startsWith(TABLE) && named.substring(TABLE.length()).matches(TABLE_NAME)) {
      return new Place.Table(named.substring(TABLE.length()));
    }
    throw new ParameterException(
        command,
        "--store needs file: and a directory, as "
            + DEFAULT
            + ", or dynamodb: and the name of a table, not "
            + named);
  }
}
