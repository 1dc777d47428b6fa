package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What lies at a path in the file system of a container, as far as its volumes tell.
public sealed interface TokenFile {
  /// A service account token.
  record Projected(Pod.TokenVolume token) implements TokenFile {}

  /// No token of a service account.
  ///
  /// @param why a sentence without a full stop
  record None(String why) implements TokenFile {}

  /// A file whose content the pod does not tell.
  ///
  /// @param why a sentence without a full stop
  record Unknown(String why) implements TokenFile {}

  /// What lies at this path.
  static TokenFile at(String path, Pod pod, Container container) {
    if (!Paths.absolute(path)) {
      return new Unknown("the path " + path + " is relative to the folder of the process");
    }
    String file = Paths.plain(path);
    Optional<Container.Mount> mount = mountOf(file, container);
    if (mount.isEmpty()) {
      return new None("no volume of the container holds " + path);
    }
    String inVolume = Paths.inVolume(file, mount.get());
    String volume = mount.get().volume();
    List<Pod.TokenVolume> tokens =
        pod.tokens().stream().filter(token -> token.volume().equals(volume)).toList();
    return tokens.stream()
        .filter(token -> Paths.plain("/" + token.path()).equals(inVolume))
        .<TokenFile>map(Projected::new)
        .findFirst()
        .orElseGet(
            () ->
                tokens.isEmpty()
                    ? other(volume, path, pod, container)
                    : new None("the volume %s projects no token to %s".formatted(volume, path)));
  }

  /// The mount that a path lies on: the deepest, as a mount hides what lies under it.
  static Optional<Container.Mount> mountOf(String path, Container container) {
    String file = Paths.plain(path);
    return container.mounts().stream()
        .filter(
            mount -> {
              String folder = Paths.plain(mount.path());
              return file.equals(folder)
                  || file.startsWith(folder.equals("/") ? "/" : folder + "/");
            })
        .max(Comparator.comparingInt(mount -> Paths.plain(mount.path()).length()));
  }

  private static TokenFile other(String volume, String path, Pod pod, Container container) {
    Optional<String> kind =
        pod.volumes().stream()
            .filter(one -> one.name().equals(volume))
            .map(Pod.Volume::kind)
            .findFirst();
    boolean writer =
        pod.containers().stream()
            .filter(other -> !other.name().equals(container.name()))
            .filter(other -> other.mounts().stream().anyMatch(one -> one.volume().equals(volume)))
            .anyMatch(
                other ->
                    other.variables().stream()
                        .noneMatch(
                            one ->
                                one.value() instanceof Container.Value.Literal(String text)
                                    && text.equals(path)));
    return switch (kind.orElse("")) {
      case "emptyDir" ->
          writer
              ? new Unknown("another container may write the file into volume " + volume)
              : new None("the volume " + volume + " is an empty folder");
      case "projected", "configMap", "downwardAPI" ->
          new None("the volume " + volume + " holds no token");
      default -> new Unknown("what the volume " + volume + " holds is not known");
    };
  }

  /// Paths as containers see them.
  final class Paths {
    private static final Pattern DRIVE = Pattern.compile("[a-zA-Z]:");

    private Paths() {}

    static boolean absolute(String path) {
      return path.startsWith("/") || path.startsWith("\\") || DRIVE.matcher(path).lookingAt();
    }

    /// Whether a path is written as Linux writes it.
    public static boolean linux(String path) {
      return path.startsWith("/");
    }

    /// The path without a drive, with slashes, without detours, and by `/var/run`, of which `/run`
    /// is the other name.
    static String plain(String path) {
      String slashes = DRIVE.matcher(path).replaceFirst("").replace('\\', '/');
      Deque<String> parts = new ArrayDeque<>();
      for (String part : slashes.split("/", -1)) {
        if (part.equals("..")) {
          parts.pollLast();
        } else if (!part.isEmpty() && !part.equals(".")) {
          parts.addLast(part);
        }
      }
      String plain = "/" + String.join("/", parts);
      return plain.equals("/run") || plain.startsWith("/run/") ? "/var" + plain : plain;
    }

    private static String inVolume(String file, Container.Mount mount) {
      String folder = plain(mount.path());
      String rest = file.substring(folder.equals("/") ? 0 : folder.length());
      return plain("/" + mount.subPath() + "/" + rest);
    }
  }
}
