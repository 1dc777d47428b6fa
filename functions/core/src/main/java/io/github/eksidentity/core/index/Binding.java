package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Injected;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.webhook.CredentialPair;
import java.util.Map;
import java.util.Optional;

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

  /// How pods get the role.
  Mechanism mechanism();

  /// The variables by which pods get the role.
  CredentialPair pair();

  /// The association of Pod Identity.
  Optional<Association> association();

  /// Audience of the tokens that the webhook gives to pods.
  String audience();

  /// The second role of an association.
  default Optional<String> targetRole() {
    return association().flatMap(Association::targetRoleArn);
  }

  /// What binds a subject where its service account is taken to be annotated with a role.
  ///
  /// @param subject `system:serviceaccount:<namespace>:<name>`
  static Binding assumed(Cluster cluster, String subject, String roleArn, String audience) {
    String[] name = Subject.qualifiedName(subject).split("/", 2);
    ServiceAccount annotated =
        new ServiceAccount(
            name[0],
            name.length > 1 ? name[1] : "",
            Optional.empty(),
            Map.of(),
            Map.of(AwsAnnotations.AUDIENCE, audience));
    return new Irsa(cluster, annotated, roleArn);
  }

  /// The annotation of IRSA.
  record Irsa(Cluster cluster, ServiceAccount serviceAccount, String roleArn) implements Binding {
    @Override
    public String subject() {
      return serviceAccount.subject();
    }

    @Override
    public Mechanism mechanism() {
      return Mechanism.IRSA;
    }

    @Override
    public CredentialPair pair() {
      return CredentialPair.WEB_IDENTITY;
    }

    @Override
    public Optional<Association> association() {
      return Optional.empty();
    }

    @Override
    public String audience() {
      return serviceAccount
          .annotation(AwsAnnotations.AUDIENCE)
          .orElse(PodRequests.DEFAULT_AUDIENCE);
    }
  }

  /// A Pod Identity association.
  record PodIdentity(Cluster cluster, Association bound) implements Binding {
    @Override
    public Mechanism mechanism() {
      return Mechanism.POD_IDENTITY;
    }

    @Override
    public Optional<Association> association() {
      return Optional.of(bound);
    }

    @Override
    public String roleArn() {
      return bound.roleArn();
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
      return bound.subject();
    }
  }
}
