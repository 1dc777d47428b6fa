package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.NodeGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Clusters with one part changed.
public final class ClusterEdits {
  private ClusterEdits() {}

  /// Sets status.
  public static UnaryOperator<Cluster> status(String value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            value,
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets issuer.
  public static UnaryOperator<Cluster> issuer(Optional<String> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            value,
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets version.
  public static UnaryOperator<Cluster> version(String value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            value,
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets platformVersion.
  public static UnaryOperator<Cluster> platformVersion(String value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            value,
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets autoMode.
  public static UnaryOperator<Cluster> autoMode(boolean value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            value,
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets nodeRoleArn.
  public static UnaryOperator<Cluster> nodeRoleArn(Optional<String> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            value,
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets health.
  public static UnaryOperator<Cluster> health(List<HealthIssue> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            value,
            old.tags(),
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets tags.
  public static UnaryOperator<Cluster> tags(Map<String, String> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            value,
            old.associations(),
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets associations.
  public static UnaryOperator<Cluster> associations(List<Association> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            value,
            old.addons(),
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets addons.
  public static UnaryOperator<Cluster> addons(List<Addon> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            value,
            old.nodeGroups(),
            old.kubernetes());
  }

  /// Sets nodeGroups.
  public static UnaryOperator<Cluster> nodeGroups(List<NodeGroup> value) {
    return old ->
        new Cluster(
            old.arn(),
            old.name(),
            old.region(),
            old.status(),
            old.issuer(),
            old.version(),
            old.platformVersion(),
            old.autoMode(),
            old.nodeRoleArn(),
            old.endpoint(),
            old.certificateAuthority(),
            old.created(),
            old.health(),
            old.tags(),
            old.associations(),
            old.addons(),
            value,
            old.kubernetes());
  }
}
