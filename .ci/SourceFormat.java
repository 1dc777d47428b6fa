import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks (`check`) or applies (`apply`) google-java-format to every Java source below the given
/// folders. The formatter parses with the javac of its own JVM, so this must run on the JDK the
/// sources are written for. Its own command line walks no folders and needs two passes where an
/// unused import goes away, hence the library.
final class SourceFormat {
  private SourceFormat() {}

  public static void main(String... args) throws IOException {
    boolean apply = args[0].equals("apply");
    List<String> problems = new ArrayList<>();
    for (String folder : List.of(args).subList(1, args.length)) {
      for (Path file : javaSources(Path.of(folder))) {
        format(file, apply, problems);
      }
    }
    problems.forEach(System.err::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  private static void format(Path file, boolean apply, List<String> problems) throws IOException {
    String source = Files.readString(file);
    String formatted;
    try {
      formatted = format(source);
    } catch (FormatterException e) {
      problems.add(file + ": " + e.getMessage());
      return;
    }
    if (!formatted.equals(source) && apply) {
      Files.writeString(file, formatted);
    } else if (!formatted.equals(source)) {
      problems.add(file + ": not formatted; apply: mvn -q -N -Pformat process-sources");
    }
  }

  private static String format(String source) throws FormatterException {
    String formatted = mendMarkdown(new Formatter().formatSourceAndFixImports(source));
    return formatted.equals(source) ? formatted : format(formatted);
  }

  /// The formatter takes a `///` line for a comment of the code and continues an overlong one with
  /// `//`, which would drop the rest of it from the documentation.
  private static String mendMarkdown(String formatted) {
    List<String> lines = new ArrayList<>();
    for (String line : formatted.split("\n", -1)) {
      String text = line.strip();
      String previous = lines.isEmpty() ? "" : lines.getLast();
      boolean cut = text.startsWith("// ") && previous.strip().startsWith("///");
      if (cut && previous.strip().equals("///")) {
        lines.set(lines.size() - 1, line.replaceFirst("//", "///"));
      } else {
        lines.add(cut ? line.replaceFirst("//", "///") : line);
      }
    }
    return String.join("\n", lines);
  }

  private static List<Path> javaSources(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
