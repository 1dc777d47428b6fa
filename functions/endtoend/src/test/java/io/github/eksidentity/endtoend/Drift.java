package io.github.eksidentity.endtoend;

import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people change in an account from one day to the next.
final class Drift {
  private static final Instant MADE = Instant.parse("2026-11-20T06:00:00Z");

  private Drift() {}

  /// A role is made that trusts subjects of the account's first provider, whatever the audience.
  static Inventory withRole(Inventory account, String arn, String subject) {
    OidcProvider provider = account.providers().getFirst();
    List<Role> roles = new ArrayList<>(account.roles());
    roles.add(
        new Role(
            arn,
            arn.substring(arn.indexOf('/') + 1),
            "/",
            "AROAOPEN",
            Optional.of(MADE),
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Principal": {"Federated": "%s"}, "Action": "sts:AssumeRoleWithWebIdentity",
             "Condition": {"StringLike": {"%s:sub": "%s"}}}]}
            """
                .formatted(provider.arn(), provider.url(), subject),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            new LastUsed.Never(),
            Map.of()));
    return Edit.of(Inventory.class).with("roles", roles).apply(account);
  }

  /// An association is deleted.
  static Inventory without(Inventory account, Association association) {
    return account.with(
        account.clusters().stream().map(cluster -> without(cluster, association)).toList(),
        account.calls(),
        Map.of());
  }

  private static Cluster without(Cluster it, Association association) {
    return Edit.of(Cluster.class)
        .with(
            "associations",
            it.associations().stream().filter(other -> !other.equals(association)).toList())
        .apply(it);
  }

  /// All clusters but the first are deleted.
  static Inventory withOneCluster(Inventory account) {
    return account.with(account.clusters().subList(0, 1), account.calls(), Map.of());
  }
}
