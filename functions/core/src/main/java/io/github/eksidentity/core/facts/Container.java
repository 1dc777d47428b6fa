package io.github.eksidentity.core.facts;

import java.util.List;
import java.util.Optional;

/// A container of a pod, as far as its way to AWS is concerned.
///
/// @param init whether it is an init container
/// @param variables those of [AwsVariables], in the order of the container; later ones win
/// @param variablesFromElsewhere whether it takes further variables from a ConfigMap or Secret as a
/// whole (`envFrom`), of which nothing is known
/// @param mounts those that can hold a token or AWS configuration
public record Container(
    String name,
    boolean init,
    List<Variable> variables,
    boolean variablesFromElsewhere,
    List<Mount> mounts) {
  public Container {
    variables = List.copyOf(variables);
    mounts = List.copyOf(mounts);
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
  public record Mount(String volume, String path) {}

  /// The value of a variable, empty where the container does not set it by name.
  public Optional<Value> variable(String variableName) {
    return variables.stream()
        .filter(variable -> variable.name().equals(variableName))
        .reduce((_, last) -> last)
        .map(Variable::value);
  }

  /// The literal value of a variable, empty where it is not set or not a literal.
  public Optional<String> literal(String variableName) {
    return variable(variableName)
        .flatMap(
            value ->
                value instanceof Value.Literal(String text) ? Optional.of(text) : Optional.empty());
  }

  /// Whether the container sets a variable by name.
  public boolean sets(String variableName) {
    return variable(variableName).isPresent();
  }
}
