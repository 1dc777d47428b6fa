package io.github.eksidentity.core.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;

/// An EKS Pod Identity association.
///
/// Documented at
/// <https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html>.
///
/// @param roleArn role in the cluster's account
/// @param targetRoleArn role, mostly of another account, that EKS assumes after the first
/// @param externalId what EKS sends when it assumes the target role; only
/// DescribePodIdentityAssociation tells
/// @param disableSessionTags whether the tags of namespace, service account and cluster are left
/// out
/// @param sessionPolicy a policy that narrows the session; forces session tags off
/// @param ownerArn the add-on that made it
@RecordBuilder
public record Association(
    String arn,
    String id,
    String namespace,
    String serviceAccount,
    String roleArn,
    Optional<String> targetRoleArn,
    Optional<String> externalId,
    boolean disableSessionTags,
    Optional<String> sessionPolicy,
    Optional<String> ownerArn,
    Map<String, String> tags)
    implements AssociationBuilder.With {
  public Association {
    tags = Map.copyOf(tags);
  }

  /// Whether the session carries the tags of cluster, namespace, service account and pod. An
  /// association with a session policy must switch them off.
  public boolean carriesTags() {
    return !disableSessionTags && sessionPolicy.isEmpty();
  }

  /// The subject it binds.
  public String subject() {
    return Subject.of(namespace, serviceAccount);
  }
}
