package io.github.eksidentity.core.webhook;

import io.github.eksidentity.core.facts.AwsVariables;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Injected;
import java.util.List;
import java.util.stream.Stream;

/// The two variables by which a container reaches a role, and the volume of the token that belongs
/// to them. EKS's webhook sets both or, where the container has one of them already, neither.
public enum CredentialPair {
  /// IRSA: the role, and a token for STS.
  WEB_IDENTITY(
      AwsVariables.ROLE_ARN,
      AwsVariables.TOKEN_FILE,
      Injected.IRSA_VOLUME,
      Injected.IRSA_MOUNT,
      "token"),

  /// Pod Identity: where the agent answers, and a token for it.
  POD_IDENTITY(
      AwsVariables.CONTAINER_URI,
      AwsVariables.CONTAINER_TOKEN_FILE,
      Injected.POD_IDENTITY_VOLUME,
      Injected.POD_IDENTITY_MOUNT,
      "eks-pod-identity-token");

  private final String target;
  private final String tokenFile;
  private final String volume;
  private final String mount;
  private final String tokenName;

  CredentialPair(String target, String tokenFile, String volume, String mount, String tokenName) {
    this.target = target;
    this.tokenFile = tokenFile;
    this.volume = volume;
    this.mount = mount;
    this.tokenName = tokenName;
  }

  /// Name of the variable that says whom to ask: the role, or the agent.
  public String target() {
    return target;
  }

  /// Name of the variable that holds the path of the token.
  public String tokenFile() {
    return tokenFile;
  }

  /// Both names, in the order in which the webhook writes them.
  public List<String> names() {
    return List.of(target, tokenFile);
  }

  /// Name of the volume that the webhook adds to the pod.
  public String volume() {
    return volume;
  }

  /// Where the webhook mounts it.
  public String mount() {
    return mount;
  }

  /// The token's file within the volume.
  public String tokenName() {
    return tokenName;
  }

  /// The path that the webhook tells a container.
  ///
  /// @param windows whether the pod's node selector names Windows
  public String path(boolean windows) {
    String path = mount + "/" + tokenName;
    return windows ? "C:" + path.replace('/', '\\') : path;
  }

  /// How many of the two a container sets by name.
  public int count(Container container) {
    return (int) Stream.of(target, tokenFile).filter(container::sets).count();
  }

  /// Whether a container sets both.
  public boolean complete(Container container) {
    return count(container) == 2;
  }

  /// Whether a container sets one of them and not the other.
  public boolean alone(Container container) {
    return count(container) == 1;
  }
}
