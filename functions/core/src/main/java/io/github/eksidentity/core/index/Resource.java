package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.ServiceAccount;

/// What a verdict is about.
public sealed interface Resource {
  /// How findings name it: the ARN, the account's id, or namespace and name of a service account.
  String id();

  /// What no other resource of any cluster has: the fingerprint of findings is made of it.
  default String key() {
    return id();
  }

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

  /// A service account and the cluster that has it. Rules about pods are rules about it too: a pod
  /// is gone tomorrow, its service account stays.
  record OfServiceAccount(Cluster cluster, ServiceAccount serviceAccount) implements Resource {
    @Override
    public String id() {
      return serviceAccount.qualifiedName();
    }

    @Override
    public String key() {
      return key(cluster, serviceAccount.qualifiedName());
    }

    /// The key of a service account by its namespace and name.
    public static String key(Cluster cluster, String qualifiedName) {
      return cluster.arn() + "/serviceaccount/" + qualifiedName;
    }
  }

  /// A service account that asked STS for a role, whether its cluster is read or not.
  record OfCaller(RecordedCaller caller) implements Resource {
    @Override
    public String id() {
      return caller.qualifiedName();
    }

    @Override
    public String key() {
      return String.join(
          " ", caller.issuer().orElse("unknown issuer"), caller.subject(), caller.roleArn());
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
