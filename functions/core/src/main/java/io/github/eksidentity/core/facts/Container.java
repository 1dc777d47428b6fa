package io.github.eksidentity.core.facts;

import java.util.List;
import java.util.Optional;

/// A container of a pod, as far as its way to AWS is concerned.
///
/// @param init whether it is an init container
/// @param variables those of [AwsVariables], in the order of the container; later ones win
/// @param sources ConfigMaps and Secrets that it takes further variables from as a whole
/// (`envFrom`); what they hold is not known
/// @param mounts every volume that it mounts
public record Container(
    String name, boolean init, List<Variable> variables, List<Source> sources, List<Mount> mounts) {
  public Container {
    variables = List.copyOf(variables);
    sources = List.copyOf(sources);
    mounts = List.copyOf(mounts);
  }

  /// A ConfigMap or Secret whose members become variables.
  ///
  /// @param kind the member of `envFrom`, as `secretRef`; empty where the source does not tell
  /// @param name of the object; empty where the source does not tell
  /// @param prefix what is put before the name of each variable, mostly empty
  public record Source(String kind, String name, String prefix) {
    /// Whether one of its members can become a variable of this name.
    public boolean canSet(String variableName) {
      return variableName.startsWith(prefix);
    }
  }

  /// An environment variable that is set.
  public record Variable(String name, Value value) {}

  /// What is known of a variable's value.
  public sealed interface Value {
    /// The text in the pod.
    record Literal(String text) implements Value {}

    /// A text in the pod that is not kept, because it is or may hold a secret.
    record Withheld() implements Value {}

    /// Taken from a ConfigMap, a Secret, or a field of the pod.
    ///
    /// @param source the member of `valueFrom`, as `secretKeyRef`
    record FromElsewhere(String source) implements Value {}
  }

  /// A volume in the container's file system.
  ///
  /// @param path a folder, or a file where `subPath` names one
  /// @param subPath the part of the volume that is mounted, empty for the whole
  public record Mount(String volume, String path, String subPath) {
    /// The whole of a volume.
    public Mount(String volume, String path) {
      this(volume, path, "");
    }
  }

  /// Whether it takes further variables from ConfigMaps or Secrets as a whole.
  public boolean variablesFromElsewhere() {
    return !sources.isEmpty();
  }

  /// Whether it may take this variable from a ConfigMap or Secret as a whole. A variable that it
  /// sets by name wins over those.
  public boolean mayTake(String variableName) {
    return !sets(variableName) && sources.stream().anyMatch(one -> one.canSet(variableName));
  }

  /// The value of a variable, empty where the container does not set it by name.
  public Optional<Value> variable(String variableName) {
    return variables.stream()
        .filter(variable -> variable.name().equals(variableName))
        .reduce((_, last) -> last)
        .map(Variable::value);
  }

  /// The literal value of a variable, empty where it is not set, not a literal, or refers to
  /// another variable, as `$(POD_NAME)`.
  ///
  /// Documented at
  /// <https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/>.
  public Optional<String> literal(String variableName) {
    return variable(variableName)
        .flatMap(
            value ->
                value instanceof Value.Literal(String text) && !text.contains("$(")
                    ? Optional.of(text)
                    : Optional.empty());
  }

  /// Whether a variable is set to nothing, as people do to have an SDK pass it over.
  public boolean setsEmpty(String variableName) {
    return literal(variableName).filter(String::isEmpty).isPresent();
  }

  /// Whether the container sets a variable by name.
  public boolean sets(String variableName) {
    return variable(variableName).isPresent();
  }
}
