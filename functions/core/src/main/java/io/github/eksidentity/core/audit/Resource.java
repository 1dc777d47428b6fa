package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;

/// What a verdict is about.
public sealed interface Resource {
  /// The ARN, or the account's id.
  String id();

  /// An IAM role.
  record OfRole(Role role) implements Resource {
    @Override
    public String id() {
      return role.arn();
    }
  }

  /// An IAM OIDC provider.
  record OfProvider(OidcProvider provider) implements Resource {
    @Override
    public String id() {
      return provider.arn();
    }
  }

  /// An EKS cluster.
  record OfCluster(Cluster cluster) implements Resource {
    @Override
    public String id() {
      return cluster.arn();
    }
  }

  /// A Pod Identity association and the cluster that has it.
  record OfAssociation(Cluster cluster, Association association) implements Resource {
    @Override
    public String id() {
      return association.arn();
    }
  }

  /// The account as a whole.
  record OfAccount(Account account) implements Resource {
    @Override
    public String id() {
      return account.id();
    }
  }
}
