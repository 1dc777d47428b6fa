package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.answers.PercentEncoding;
import java.util.regex.Pattern;

/// How names of AWS resources become names of files, and which names of files are safe.
final class FileNames {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

  private static final int LONGEST = 150;

  private FileNames() {}

  /// One part of a path that stands for a resource. Names that AWS allows stay as they are; all
  /// other characters are percent-encoded, so that no name is more than one part.
  static String part(String name) {
    if (name.length() <= LONGEST && PLAIN.matcher(name).matches()) {
      return name;
    }
    StringBuilder part =
        new StringBuilder(PercentEncoding.encode(name).replace(".", "%2E").replace("~", "%7E"));
    if (part.length() > LONGEST) {
      part.setLength(LONGEST);
      part.append('%').append(Integer.toHexString(name.hashCode()));
    }
    return part.isEmpty() ? "%" : part.toString();
  }

  /// Whether a name from an archive stays inside of it on every system.
  static boolean isInside(String name) {
    if (name.isEmpty() || name.contains("\\") || DRIVE.matcher(name).matches()) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return name.chars().noneMatch(Character::isISOControl);
  }

  /// Whether a file is one that file managers leave behind.
  static boolean isClutter(String name) {
    return name.startsWith("__MACOSX/")
        || name.startsWith(".")
        || name.contains("/.")
        || name.endsWith("Thumbs.db");
  }
}
