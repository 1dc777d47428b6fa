import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Checks (`check`) or applies (`apply`) google-java-format to every Java source below the given
/// folders. The formatter parses with the javac of its own JVM, so this must run on the JDK the
/// sources are written for. Its own command line walks no folders and needs two passes where an
/// unused import goes away, hence the library.
final class SourceFormat {
  /// The formatter continues an overlong `///` line with `//`, which drops the rest of it from the
  /// documentation, so such a line is an error instead.
  private static final Pattern CUT_MARKDOWN = Pattern.compile("(?m)^ *///.*\\R *//(?!/).*$");

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
      formatted = new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      problems.add(file + ": " + e.getMessage());
      return;
    }
    var cut = CUT_MARKDOWN.matcher(formatted);
    if (cut.find()) {
      problems.add(file + ": this line does not fit into 100 columns: " + cut.group().strip());
    } else if (!formatted.equals(source) && apply) {
      Files.writeString(file, formatted);
    } else if (!formatted.equals(source)) {
      problems.add(file + ": not formatted; apply: mvn -q -N -Pformat process-sources");
    }
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
