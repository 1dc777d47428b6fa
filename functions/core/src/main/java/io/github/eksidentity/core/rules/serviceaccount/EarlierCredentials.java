package io.github.eksidentity.core.rules.serviceaccount;

import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.webhook.TokenFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a container has that an SDK's chain of credentials may take before its role.
sealed interface EarlierCredentials {
  /// Credentials, or a file that may hold some.
  ///
  /// @param key the variable, or `volumeMounts`
  /// @param path of the file or folder, where it is one
  /// @param file whether it is a file, which fewer SDKs read before web identity
  record Found(String key, Optional<String> path, boolean file) implements EarlierCredentials {}

  /// Something of which it is not known whether it holds credentials.
  ///
  /// @param why a sentence without a full stop
  record Perhaps(String why) implements EarlierCredentials {}

  /// Nothing that comes before the role.
  record None() implements EarlierCredentials {}

  /// What one container has.
  static EarlierCredentials of(Pod pod, Container container) {
    return Stream.of(
            Chain.keys(container), Chain.files(pod, container), Chain.mounts(pod, container))
        .flatMap(List::stream)
        .min(java.util.Comparator.comparingInt(Chain::rank))
        .or(() -> Chain.sources(container))
        .orElseGet(None::new);
  }

  /// The links of the chain.
  final class Chain {
    /// Volumes whose content is put there by whoever made them.
    private static final Set<String> FILLED =
        Set.of(
            "secret",
            "configMap",
            "projected",
            "csi",
            "hostPath",
            "persistentVolumeClaim",
            "ephemeral",
            "nfs",
            "image");

    private static final Pattern OF_AWS =
        Pattern.compile("(?:^|[^a-z])(?:aws|amazon|s3|iam)(?:[^a-z]|$)");
    private static final Pattern OF_CREDENTIALS =
        Pattern.compile("credential|secret|token|access|keys?(?:[^a-z]|$)");
    private static final Pattern FOLDER =
        Pattern.compile(".*/\\.aws(?:/(?:credentials|config))?/?");

    private Chain() {}

    private static int rank(EarlierCredentials found) {
      return switch (found) {
        case Found one -> one.file() ? 1 : 0;
        case Perhaps _ -> 2;
        case None _ -> 3;
      };
    }

    private static List<EarlierCredentials> keys(Container container) {
      if (filled(container, AwsVariables.ACCESS_KEY_ID)
          && filled(container, AwsVariables.SECRET_ACCESS_KEY)) {
        return List.of(new Found(AwsVariables.ACCESS_KEY_ID, Optional.empty(), false));
      }
      return Stream.of(AwsVariables.PROFILE, AwsVariables.DEFAULT_PROFILE)
          .filter(name -> filled(container, name))
          .findFirst()
          .<List<EarlierCredentials>>map(
              name -> List.of(new Found(name, container.literal(name), false)))
          .orElse(List.of());
    }

    private static boolean filled(Container container, String name) {
      return container.sets(name) && !container.setsEmpty(name);
    }

    /// A file that a variable names and a volume holds; what the image holds is not known.
    private static List<EarlierCredentials> files(Pod pod, Container container) {
      return Stream.of(AwsVariables.CREDENTIALS_FILE, AwsVariables.CONFIG_FILE)
          .flatMap(
              name ->
                  container.literal(name).stream()
                      .flatMap(path -> at(name, path, pod, container).stream()))
          .toList();
    }

    private static Optional<EarlierCredentials> at(
        String name, String path, Pod pod, Container container) {
      return TokenFile.mountOf(path, container)
          .flatMap(mount -> held(name, path, mount.volume(), pod, container));
    }

    private static List<EarlierCredentials> mounts(Pod pod, Container container) {
      return container.mounts().stream()
          .filter(mount -> FOLDER.matcher(mount.path().replace('\\', '/')).matches())
          .flatMap(
              mount -> held("volumeMounts", mount.path(), mount.volume(), pod, container).stream())
          .toList();
    }

    private static Optional<EarlierCredentials> held(
        String key, String path, String volume, Pod pod, Container container) {
      String kind =
          pod.volumes().stream()
              .filter(one -> one.name().equals(volume))
              .map(Pod.Volume::kind)
              .findFirst()
              .orElse("");
      if (FILLED.contains(kind)) {
        return Optional.of(new Found(key, Optional.of(path), true));
      }
      boolean written =
          pod.containers().stream()
              .filter(other -> !other.name().equals(container.name()))
              .flatMap(other -> other.mounts().stream())
              .anyMatch(mount -> mount.volume().equals(volume));
      return kind.equals("emptyDir") && written
          ? Optional.of(
              new Perhaps("another container may write credentials into volume " + volume))
          : Optional.empty();
    }

    /// A ConfigMap or Secret as a whole whose name speaks of credentials of AWS.
    private static Optional<EarlierCredentials> sources(Container container) {
      return container.sources().stream()
          .filter(source -> source.canSet(AwsVariables.ACCESS_KEY_ID))
          .filter(Chain::speaksOfCredentials)
          .findFirst()
          .map(
              source ->
                  new Perhaps(
                      "container %s takes variables from %s, which may hold access keys"
                          .formatted(container.name(), source.name())));
    }

    private static boolean speaksOfCredentials(Container.Source source) {
      String name = source.name().toLowerCase(Locale.ROOT);
      return OF_AWS.matcher(name).find()
          && (source.kind().equals("secretRef") || OF_CREDENTIALS.matcher(name).find());
    }
  }
}
