import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// Checks (`check`) or applies (`apply`) google-java-format to every Java source below the given
/// folders, and fills their documentation comments. The formatter parses with the javac of its own
/// JVM, so this must run on the JDK the sources are written for. Its own command line walks no
/// folders and needs two passes where an unused import goes away, hence the library.
///
/// What was found to be formatted is remembered by its hash, so that only what has changed since
/// takes time.
final class SourceFormat {
  private final boolean apply;
  private final byte[] tool;
  private final Set<String> known;
  private final Set<String> formatted = new ConcurrentSkipListSet<>();

  private SourceFormat(boolean apply, byte[] tool, Set<String> known) {
    this.apply = apply;
    this.tool = tool;
    this.known = known;
  }

  /// @param args mode; file that remembers; the folders
  public static void main(String... args) throws IOException {
    Path memory = Path.of(args[1]);
    Set<String> known =
        Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : new HashSet<>();
    SourceFormat format = new SourceFormat(args[0].equals("apply"), tool(), known);
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of(args).subList(2, args.length)) {
      sources.addAll(javaSources(Path.of(folder)));
    }
    List<String> problems =
        sources.parallelStream().flatMap(file -> format.problem(file).stream()).toList();
    Files.createDirectories(memory.toAbsolutePath().getParent());
    Files.write(memory, format.formatted);
    problems.forEach(System.err::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /// Everything that decides how a source is formatted.
  private static byte[] tool() throws IOException {
    MessageDigest digest = sha256();
    for (Path source : new TreeSet<>(javaSources(Path.of(".ci")))) {
      digest.update(Files.readAllBytes(source));
    }
    Path library =
        Path.of(Formatter.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    digest.update(Files.readAllBytes(library));
    digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }

  private String hash(String source) {
    MessageDigest digest = sha256();
    digest.update(tool);
    return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<String> problem(Path file) {
    try {
      String source = Files.readString(file);
      String result = known.contains(hash(source)) ? source : format(source);
      if (!result.equals(source) && !apply) {
        return Optional.of(file + ": not formatted; apply: mvn -q -N -Pformat process-sources");
      }
      if (!result.equals(source)) {
        Files.writeString(file, result);
      }
      formatted.add(hash(result));
      return Optional.empty();
    } catch (FormatterException e) {
      return Optional.of(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String format(String source) throws FormatterException {
    String laidOut = mendMarkdown(new Formatter().formatSourceAndFixImports(source));
    String formatted = DocComments.fill(laidOut);
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
