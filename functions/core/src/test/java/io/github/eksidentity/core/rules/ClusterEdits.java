package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.NodeGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Clusters with one part changed.
public final class ClusterEdits {
  private ClusterEdits() {}

  public static UnaryOperator<Cluster> status(String value) {
    return Edit.of(Cluster.class).with("status", value);
  }

  public static UnaryOperator<Cluster> issuer(Optional<String> value) {
    return Edit.of(Cluster.class).with("issuer", value);
  }

  public static UnaryOperator<Cluster> version(String value) {
    return Edit.of(Cluster.class).with("version", value);
  }

  public static UnaryOperator<Cluster> platformVersion(String value) {
    return Edit.of(Cluster.class).with("platformVersion", value);
  }

  public static UnaryOperator<Cluster> autoMode(boolean value) {
    return Edit.of(Cluster.class).with("autoMode", value);
  }

  public static UnaryOperator<Cluster> nodeRoleArn(Optional<String> value) {
    return Edit.of(Cluster.class).with("nodeRoleArn", value);
  }

  public static UnaryOperator<Cluster> health(List<HealthIssue> value) {
    return Edit.of(Cluster.class).with("health", value);
  }

  public static UnaryOperator<Cluster> associations(List<Association> value) {
    return Edit.of(Cluster.class).with("associations", value);
  }

  public static UnaryOperator<Cluster> addons(List<Addon> value) {
    return Edit.of(Cluster.class).with("addons", value);
  }

  public static UnaryOperator<Cluster> nodeGroups(List<NodeGroup> value) {
    return Edit.of(Cluster.class).with("nodeGroups", value);
  }
}
