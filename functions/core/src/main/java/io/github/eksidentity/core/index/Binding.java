package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.webhook.CredentialPair;

/// How a service account reaches a role.
///
/// Where a service account has both, EKS's webhook gives its pods what Pod Identity needs and
/// leaves the annotation aside: Pod Identity wins.
///
/// Documented at
/// <https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/handler/handler.go>.
public sealed interface Binding {
  /// The cluster of the service account.
  Cluster cluster();

  /// The role as the binding names it: an annotation may hold any text.
  String roleArn();

  /// The subject that is bound.
  String subject();

  /// The mechanism by which pods get the role.
  CredentialPair pair();

  /// Audience of the tokens that the webhook gives to pods.
  String audience();

  /// The annotation of IRSA.
  record Irsa(Cluster cluster, ServiceAccount serviceAccount, String roleArn) implements Binding {
    @Override
    public String subject() {
      return serviceAccount.subject();
    }

    @Override
    public CredentialPair pair() {
      return CredentialPair.WEB_IDENTITY;
    }

    @Override
    public String audience() {
      return serviceAccount
          .annotation(AwsAnnotations.AUDIENCE)
          .orElse(PodRequests.DEFAULT_AUDIENCE);
    }
  }

  /// A Pod Identity association.
  record PodIdentity(Cluster cluster, Association association) implements Binding {
    @Override
    public String roleArn() {
      return association.roleArn();
    }

    @Override
    public CredentialPair pair() {
      return CredentialPair.POD_IDENTITY;
    }

    @Override
    public String audience() {
      return Injected.POD_IDENTITY_AUDIENCE;
    }

    @Override
    public String subject() {
      return association.subject();
    }
  }
}
