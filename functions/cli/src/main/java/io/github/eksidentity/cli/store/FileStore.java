package io.github.eksidentity.cli.store;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.drift.LoggedStore;
import io.github.eksidentity.core.drift.StoreEntry;
import io.github.eksidentity.core.json.Position;
import io.github.eksidentity.snapshot.FileProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A store in a directory: a journal of JSON lines, each a change that is whole once its line break
/// is there. What a process that died has left of a line is cut off by the next.
///
/// One process writes at a time; others may read. The journal is written anew, beside the old one
/// and then in its place, when most of it is history that nobody needs.
public final class FileStore implements AutoCloseable {
  private static final String JOURNAL = "journal.jsonl";
  private static final String NEXT_JOURNAL = "journal.jsonl.next";
  private static final String LOCK = "lock";

  /// How long runs and their events are kept, as the table in DynamoDB keeps them.
  private static final Duration KEPT = Duration.ofDays(400);

  /// A journal of fewer lines and bytes is left as it is.
  private static final int SMALL = 1_000;

  private static final long SHORT = 8 * 1024 * 1024;

  private static final int BEGINNING = 32;

  private final Path folder;
  private final String name;
  private final Runnable step;
  private final LoggedStore store = new LoggedStore(this::append);
  private @Nullable FileChannel lock;
  private @Nullable FileChannel journal;
  private int lines;

  /// Bytes of the lines that are whole.
  private long whole;

  private FileStore(Path folder, String name, Runnable step) {
    this.folder = folder;
    this.name = name;
    this.step = step;
  }

  /// Opens a store to read it.
  ///
  /// @param name how the user calls the directory
  /// @throws Failure if there is none, or it cannot be read
  public static FileStore toRead(Path folder, String name) {
    FileStore opened = new FileStore(folder, name, () -> {});
    if (!OwnFiles.exists(folder.resolve(JOURNAL), name)) {
      throw new Failure(
          "There is no store at " + name + "; audit --store file:" + name + " makes one.");
    }
    opened.replay();
    return opened;
  }

  /// Reads a store if there is one.
  ///
  /// @throws Failure if it cannot be read
  static void check(Path folder, String name) {
    new FileStore(folder, name, () -> {}).replay();
  }

  /// Opens a store to write to it, and makes it where there is none.
  ///
  /// @throws Failure if another process writes to it, or it cannot be read or written
  static FileStore toWrite(Path folder, String name) {
    return toWrite(folder, name, () -> {});
  }

  /// @param step called before and after each write
  static FileStore toWrite(Path folder, String name, Runnable step) {
    FileStore opened = new FileStore(folder, name, step);
    try {
      OwnFiles.makeDirectory(folder, name);
      opened.lockIt();
      opened.replay();
      opened.openJournal();
    } catch (IOException e) {
      opened.close();
      throw opened.notWritten(e);
    } catch (Failure e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  public LoggedStore store() {
    return store;
  }

  private void lockIt() throws IOException {
    OwnFiles.exists(folder.resolve(LOCK), name);
    FileChannel channel = OwnFiles.toWrite(folder.resolve(LOCK), false);
    lock = channel;
    if (!isFree(channel)) {
      throw new Failure(
          "Another eks-identity writes to the store at " + name + "; try again when it has ended.");
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private void replay() {
    Path path = folder.resolve(JOURNAL);
    if (!OwnFiles.exists(path, name)) {
      return;
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int from = 0;
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, from, i - from);
            replay(line.toByteArray());
            line.reset();
            from = i + 1;
          }
        }
        line.write(buffer, from, read - from);
      }
      checkTail(line.toByteArray());
    } catch (IOException e) {
      throw new Failure("The store at " + name + " cannot be read: " + FileProblem.reason(e), e);
    }
  }

  private void replay(byte[] line) {
    lines++;
    whole += line.length + 1L;
    switch (JournalLine.read(line)) {
      case JournalLine.Read.Entry(StoreEntry entry) -> store.replay(entry);
      case JournalLine.Read.Newer(String version) ->
          throw new Failure(
              "The store at %s was written by another version of eks-identity: %s, line %d, is in form %s, and this one knows form %d. Use that version, or another store."
                  .formatted(name, JOURNAL, lines, version, JournalLine.VERSION));
      case JournalLine.Read.Broken(Position at, String message) -> throw broken(at, message);
    }
  }

  /// What a process that died has left of a line will be cut off; what it cannot have written is
  /// somebody else's.
  private void checkTail(byte[] tail) {
    if (!JournalLine.isBeginning(tail)) {
      lines++;
      throw broken(Position.START, "this is no line of a store");
    }
  }

  private Failure broken(Position at, String message) {
    return new Failure(
        "The store at %s is damaged: %s, line %d, column %d: %s. Mend the line, or restore the file."
            .formatted(name, JOURNAL, lines, at.column(), message));
  }

  /// Cuts off what a process that died has left of a line.
  private void openJournal() throws IOException {
    FileChannel channel = OwnFiles.toWrite(folder.resolve(JOURNAL), false);
    journal = channel;
    channel.truncate(whole);
    channel.position(whole);
  }

  private void append(StoreEntry entry) {
    FileChannel channel = journal;
    if (channel == null) {
      throw new IllegalStateException("the store was opened to read it");
    }
    try {
      step.run();
      write(channel, List.of(entry));
      if (isMilestone(entry)) {
        channel.force(false);
      }
      lines++;
      step.run();
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /// What came before in the journal is on the disk no later than this.
  private static boolean isMilestone(StoreEntry entry) {
    return switch (entry) {
      case StoreEntry.Runs _, StoreEntry.MutePut _, StoreEntry.MuteRemoved _ -> true;
      case StoreEntry.Change _, StoreEntry.Events _, StoreEntry.Scopes _ -> false;
    };
  }

  private static void write(FileChannel channel, List<StoreEntry> entries) throws IOException {
    for (StoreEntry entry : entries) {
      ByteBuffer line = ByteBuffer.wrap(JournalLine.of(entry));
      while (line.hasRemaining()) {
        channel.write(line);
      }
    }
  }

  /// Leaves out what nobody needs any more, where that is most of the journal. Old is what is old
  /// beside the latest run, so that the audit of an old snapshot forgets nothing.
  void tidy() {
    Instant now = store.latest();
    List<StoreEntry> needed = store.entries(now, now.minus(KEPT));
    try {
      if (!isMostlyNeedless(needed)) {
        return;
      }
      step.run();
      replaceJournal(needed);
      step.run();
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /// The edges of an account make the few lines about its scopes long.
  private boolean isMostlyNeedless(List<StoreEntry> needed) throws IOException {
    if (lines >= SMALL && lines >= 2 * needed.size()) {
      return true;
    }
    long length = Files.size(folder.resolve(JOURNAL));
    return length >= SHORT && length >= 2 * length(needed);
  }

  private static long length(List<StoreEntry> entries) {
    long length = 0;
    for (StoreEntry entry : entries) {
      length += JournalLine.of(entry).length;
    }
    return length;
  }

  private void replaceJournal(List<StoreEntry> needed) throws IOException {
    Path next = folder.resolve(NEXT_JOURNAL);
    removeLeftover(next);
    try (FileChannel channel = OwnFiles.toWrite(next, true)) {
      write(channel, needed);
      channel.force(true);
      whole = channel.position();
    }
    closeQuietly(journal);
    Files.move(next, folder.resolve(JOURNAL), StandardCopyOption.ATOMIC_MOVE);
    openJournal();
    lines = needed.size();
  }

  /// What a process that died while it wrote the journal anew has left.
  private void removeLeftover(Path next) throws IOException {
    if (!OwnFiles.exists(next, name)) {
      return;
    }
    byte[] beginning;
    try (InputStream in = Files.newInputStream(next, LinkOption.NOFOLLOW_LINKS)) {
      beginning = in.readNBytes(BEGINNING);
    }
    if (!JournalLine.isBeginning(beginning)) {
      throw new Failure(
          "The store at "
              + name
              + " cannot be written: "
              + NEXT_JOURNAL
              + " in it is not its own.");
    }
    Files.delete(next);
  }

  private Failure notWritten(IOException e) {
    return new Failure("The store at " + name + " cannot be written: " + FileProblem.reason(e), e);
  }

  @Override
  public void close() {
    closeQuietly(journal);
    closeQuietly(lock);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException _) {
        // everything that matters was forced to the disk when it was written
      }
    }
  }
}
