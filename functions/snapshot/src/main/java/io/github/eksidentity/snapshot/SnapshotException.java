package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.json.Position;
import java.util.Optional;

/// A snapshot cannot be used. The message is one sentence for the person who made it: it names the
/// file and, where there is one, the line, and holds no control characters.
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentence;
  private final String file;
  private final transient Optional<Position> position;

  private SnapshotException(String file, Optional<Position> position, String message) {
    super(message);
    this.sentence = message;
    this.file = file;
    this.position = position;
  }

  /// The file as a whole is at fault.
  static SnapshotException in(String file, String problem) {
    return new SnapshotException(
        file, Optional.empty(), Shown.plain(file) + ": " + Shown.plain(problem));
  }

  /// A value of the file has the wrong shape; named by its line.
  static SnapshotException at(String file, Position position, String problem) {
    String message = Shown.plain(file) + ", line " + position.line() + ": " + Shown.plain(problem);
    return new SnapshotException(file, Optional.of(position), message);
  }

  /// The file's text is not what it should be; named by line and column.
  static SnapshotException inText(String file, Position position, String problem) {
    String message = Shown.plain(file) + ", " + position + ": " + Shown.plain(problem);
    return new SnapshotException(file, Optional.of(position), message);
  }

  /// The message.
  public String sentence() {
    return sentence;
  }

  /// The file at fault, as it is called in the snapshot, or the snapshot itself.
  public String file() {
    return file;
  }

  /// Where in the file; empty where the file as a whole is at fault.
  public Optional<Position> position() {
    return position;
  }
}
