package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.Container;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What EKS's webhook adds to one pod.
///
/// @param containers what each container gets, by name, in the order of the pod; a container that
/// is skipped gets nothing
/// @param volume the token that the pod gets; empty where it has a volume of that name already
public record Admission(Map<String, Added> containers, Optional<TokenVolume> volume) {
  /// The pod is left as it is.
  public static final Admission NONE = new Admission(Map.of(), Optional.empty());

  public Admission {
    containers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(containers));
  }

  /// What a container gets.
  public Added to(Container container) {
    return containers.getOrDefault(container.name(), Added.NOTHING);
  }

  /// What one container gets.
  ///
  /// @param variables in the order in which they are appended
  /// @param mount empty where the container mounts a volume of that name already
  public record Added(List<Container.Variable> variables, Optional<Container.Mount> mount) {
    static final Added NOTHING = new Added(List.of(), Optional.empty());

    public Added {
      variables = List.copyOf(variables);
    }

    /// Whether the pair of the role is among the variables.
    public boolean gives(CredentialPair pair) {
      return variables.stream().anyMatch(one -> one.name().equals(pair.target()));
    }
  }

  /// The projected token.
  ///
  /// @param audience empty where the annotation is empty: the token is then for the API server
  public record TokenVolume(String name, String path, String audience, Lifetime lifetime) {}
}
