package io.github.eksidentity.cli.store;

import io.github.eksidentity.cli.console.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/// Opens the files of a store. They are for their owner alone, since they name roles and accounts;
/// and none is a link, a pipe or a device, which would lead to somebody else's file or to nowhere.
final class OwnFiles {
  private OwnFiles() {}

  /// Makes the directory where there is none.
  ///
  /// @param name how the user calls it
  /// @throws Failure where it is a link
  static void makeDirectory(Path folder, String name) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new Failure("The store at " + name + " is a link; name the directory itself.");
    }
    if (folder.toAbsolutePath().getParent() != null) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, attributes(folder, "rwx------"));
    }
  }

  /// Whether there is a file of this name.
  ///
  /// @param name how the user calls the store
  /// @throws Failure where it is anything but a file
  static boolean exists(Path file, String name) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          "The store at "
              + name
              + " is not used: "
              + file.getFileName()
              + " in it is no file of its own, but "
              + (Files.isSymbolicLink(file) ? "a link" : "a folder, a pipe or a device")
              + ".");
    }
    return true;
  }

  /// Opens a file to write to it.
  ///
  /// @param fresh whether there must be none yet
  static FileChannel toWrite(Path file, boolean fresh) throws IOException {
    Set<OpenOption> options = new HashSet<>();
    options.add(fresh ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, attributes(file, "rw-------"));
  }

  private static FileAttribute<?>[] attributes(Path file, String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
