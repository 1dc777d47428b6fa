package io.github.eksidentity.core.remedy;

import io.github.eksidentity.core.facts.Pod;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One change to an account that mends a finding. Changes are proposed, printed and proved by test;
/// nothing in this program makes them.
public sealed interface Change {
  /// Replace a role's trust policy.
  ///
  /// @param before the policy as it is, JSON text
  /// @param after the whole corrected policy, JSON text
  record ReplaceTrustPolicy(String roleArn, String before, String after) implements Change {}

  /// Register a cluster's issuer.
  ///
  /// @param issuer without `https://`
  record CreateProvider(String issuer, List<String> clientIds) implements Change {
    public CreateProvider {
      clientIds = List.copyOf(clientIds);
    }
  }

  /// Remove an IAM OIDC provider.
  record DeleteProvider(String providerArn) implements Change {}

  /// Accept a further audience.
  record AddClientId(String providerArn, String clientId) implements Change {}

  /// No longer accept an audience.
  record RemoveClientId(String providerArn, String clientId) implements Change {}

  /// Remove a role with its policies.
  record DeleteRole(String roleArn) implements Change {}

  /// Attach a managed policy.
  record AttachPolicy(String roleArn, String policyArn) implements Change {}

  /// Detach a managed policy.
  record DetachPolicy(String roleArn, String policyArn) implements Change {}

  /// Write an inline policy.
  record PutInlinePolicy(String roleArn, String policyName, String document) implements Change {}

  /// Take a role out of an instance profile.
  record LeaveInstanceProfile(String roleArn, String instanceProfile) implements Change {}

  /// Install an add-on.
  record CreateAddon(String region, String cluster, String addon) implements Change {}

  /// Bring an add-on to the default version of its cluster.
  record UpdateAddon(String region, String cluster, String addon) implements Change {}

  /// Point an association at another role.
  record UpdateAssociationRole(String region, String cluster, String associationId, String roleArn)
      implements Change {}

  /// Remove an association.
  record DeleteAssociation(String region, String cluster, String associationId) implements Change {}

  /// A change in a cluster, made by kubectl or by whatever deploys the objects there.
  sealed interface InCluster extends Change {
    /// ARN of the cluster.
    String clusterArn();

    /// Namespace of the object that changes.
    String namespace();
  }

  /// Write an annotation of a service account, or another value of it.
  record AnnotateServiceAccount(
      String clusterArn, String namespace, String serviceAccount, String key, String value)
      implements InCluster {}

  /// Take an annotation off a service account.
  record RemoveServiceAccountAnnotation(
      String clusterArn, String namespace, String serviceAccount, String key)
      implements InCluster {}

  /// Create a service account.
  record CreateServiceAccount(
      String clusterArn,
      String namespace,
      String serviceAccount,
      SortedMap<String, String> annotations)
      implements InCluster {
    public CreateServiceAccount {
      annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }
  }

  /// Let new pods take the place of a workload's pods.
  ///
  /// @param workload one that [Pod.Workload#restartable()]
  record RestartWorkload(String clusterArn, Pod.Workload workload) implements InCluster {
    public RestartWorkload {
      if (!workload.restartable()) {
        throw new IllegalArgumentException("kubectl does not restart a " + workload.kind());
      }
    }

    @Override
    public String namespace() {
      return workload.namespace();
    }
  }

  /// Run a workload's pods with another service account.
  record SetServiceAccount(String clusterArn, Pod.Workload workload, String serviceAccount)
      implements InCluster {
    @Override
    public String namespace() {
      return workload.namespace();
    }
  }

  /// Set an environment variable of one container of a workload.
  record SetVariable(
      String clusterArn, Pod.Workload workload, String container, String name, String value)
      implements InCluster {
    @Override
    public String namespace() {
      return workload.namespace();
    }
  }

  /// Take environment variables off one container of a workload.
  record RemoveVariables(
      String clusterArn, Pod.Workload workload, String container, List<String> names)
      implements InCluster {
    public RemoveVariables {
      names = List.copyOf(names);
    }

    @Override
    public String namespace() {
      return workload.namespace();
    }
  }

  /// Take an annotation off the pods of a workload.
  record RemovePodAnnotation(String clusterArn, Pod.Workload workload, String key)
      implements InCluster {
    @Override
    public String namespace() {
      return workload.namespace();
    }
  }
}
