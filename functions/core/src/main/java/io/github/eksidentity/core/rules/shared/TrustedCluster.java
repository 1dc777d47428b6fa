package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.text.Only;
import java.util.List;
import java.util.Optional;

/// What rules share about the ways into a role.
public final class TrustedCluster {
  private TrustedCluster() {}

  /// The one live cluster that the role trusts, empty where it is none or several.
  public static Optional<Cluster> cluster(RoleTrust trust) {
    List<Cluster> clusters =
        trust.webDoors().stream()
            .flatMap(
                door ->
                    switch (door.standing()) {
                      case IssuerStanding.Live(Cluster cluster) -> List.of(cluster).stream();
                      case IssuerStanding.DualStack(Cluster cluster) -> List.of(cluster).stream();
                      case IssuerStanding.Gone _,
                          IssuerStanding.Foreign _,
                          IssuerStanding.Known _,
                          IssuerStanding.Malformed _ ->
                          List.<Cluster>of().stream();
                    })
            .distinct()
            .toList();
    return Only.of(clusters);
  }
}
