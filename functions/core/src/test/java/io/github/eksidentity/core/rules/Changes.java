package io.github.eksidentity.core.rules;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What AWS would make of a proposed change.
final class Changes {
  private Changes() {}

  /// The inventory after the changes, in their order.
  static Inventory apply(Inventory inventory, List<Change> changes) {
    Inventory result = inventory;
    for (Change change : changes) {
      result = apply(result, change);
    }
    return result;
  }

  /// Asserts that a subject of a cluster may assume a role, by whichever mechanism the account
  /// offers it.
  static void assertAdmitted(Inventory inventory, Example.Intended intended) {
    Role role = find(inventory, intended.roleArn());
    Cluster cluster =
        inventory.clusters().stream()
            .filter(candidate -> candidate.name().equals(intended.cluster()))
            .findFirst()
            .orElseThrow();
    TrustPolicy policy = TrustPolicyParser.parse(role.trustDocument()).policy().orElseThrow();
    for (Request request : requests(role, cluster, intended.subject())) {
      assertInstanceOf(
          Decision.Allowed.class,
          TrustEvaluator.evaluate(policy, request),
          () -> intended + " gets in with " + request);
    }
  }

  private static List<Request> requests(Role role, Cluster cluster, String subject) {
    List<Association> associations =
        cluster.associations().stream()
            .filter(association -> association.subject().equals(subject))
            .filter(association -> association.roleArn().equals(role.arn()))
            .toList();
    if (associations.isEmpty()) {
      String issuer = cluster.issuer().orElseThrow();
      return List.of(
          PodRequests.webIdentity(
              role.arn(),
              TestAccount.providerArn(issuer),
              issuer,
              subject,
              PodRequests.DEFAULT_AUDIENCE));
    }
    return associations.stream()
        .flatMap(
            association ->
                PodRequests.POD_IDENTITY.stream()
                    .filter(
                        action ->
                            !association.disableSessionTags() || action.equals("sts:AssumeRole"))
                    .map(action -> PodRequests.podIdentity(cluster, association, action)))
        .toList();
  }

  private static Role find(Inventory inventory, String arn) {
    return inventory.roles().stream()
        .filter(role -> role.arn().equals(arn))
        .findFirst()
        .orElseThrow();
  }

  private static Inventory apply(Inventory old, Change change) {
    return switch (change) {
      case Change.ReplaceTrustPolicy(String role, _, String after) ->
          onRole(old, role, RoleEdits.trustDocument(after));
      case Change.CreateProvider(String issuer, List<String> clientIds) ->
          Inventories.withProviders(old, plus(old.providers(), provider(issuer, clientIds)));
      case Change.DeleteProvider(String arn) ->
          Inventories.withProviders(
              old,
              old.providers().stream().filter(provider -> !provider.arn().equals(arn)).toList());
      case Change.AddClientId(String arn, String clientId) ->
          onProvider(old, arn, ids -> plus(ids, clientId));
      case Change.RemoveClientId(String arn, String clientId) ->
          onProvider(old, arn, ids -> ids.stream().filter(id -> !id.equals(clientId)).toList());
      case Change.DeleteRole(String arn) ->
          Inventories.withRoles(
              old, old.roles().stream().filter(role -> !role.arn().equals(arn)).toList());
      case Change.AttachPolicy(String role, String policy) ->
          onRole(
              old,
              role,
              found ->
                  RoleEdits.attachedPolicies(plus(found.attachedPolicies(), policy)).apply(found));
      case Change.DetachPolicy(String role, String policy) ->
          onRole(
              old,
              role,
              found ->
                  RoleEdits.attachedPolicies(
                          found.attachedPolicies().stream()
                              .filter(attached -> !attached.equals(policy))
                              .toList())
                      .apply(found));
      case Change.PutInlinePolicy(String role, String name, String document) ->
          onRole(
              old,
              role,
              found ->
                  RoleEdits.inlinePolicies(
                          plus(found.inlinePolicies(), new PolicyDocument(name, document)))
                      .apply(found));
      case Change.LeaveInstanceProfile(String role, String profile) ->
          onRole(
              old,
              role,
              found ->
                  RoleEdits.instanceProfiles(
                          found.instanceProfiles().stream()
                              .filter(held -> !held.equals(profile))
                              .toList())
                      .apply(found));
      case Change.CreateAddon(_, String cluster, String addon) ->
          onCluster(
              old,
              cluster,
              found -> ClusterEdits.addons(plus(found.addons(), healthy(addon))).apply(found));
      case Change.UpdateAddon(_, String cluster, String addon) ->
          onCluster(
              old,
              cluster,
              found ->
                  ClusterEdits.addons(
                          found.addons().stream()
                              .map(there -> there.name().equals(addon) ? healthy(addon) : there)
                              .toList())
                      .apply(found));
      case Change.UpdateAssociationRole(_, String cluster, String id, String role) ->
          onCluster(
              old,
              cluster,
              found ->
                  ClusterEdits.associations(
                          found.associations().stream()
                              .map(
                                  there ->
                                      there.id().equals(id)
                                          ? AssociationEdits.roleArn(role).apply(there)
                                          : there)
                              .toList())
                      .apply(found));
      case Change.DeleteAssociation(_, String cluster, String id) ->
          onCluster(
              old,
              cluster,
              found ->
                  ClusterEdits.associations(
                          found.associations().stream()
                              .filter(there -> !there.id().equals(id))
                              .toList())
                      .apply(found));
      case Change.InCluster inCluster -> ClusterChanges.apply(old, inCluster);
    };
  }

  private static OidcProvider provider(String issuer, List<String> clientIds) {
    return new OidcProvider(
        TestAccount.providerArn(issuer),
        issuer,
        clientIds,
        List.of(),
        Optional.of(TestAccount.NOW),
        Map.of());
  }

  private static Addon healthy(String name) {
    return new Addon(
        name, "v1.3.8-eksbuild.2", "ACTIVE", Optional.empty(), List.of(), List.of(), Map.of());
  }

  private static Inventory onRole(Inventory old, String arn, UnaryOperator<Role> change) {
    find(old, arn);
    return Inventories.withRoles(
        old,
        old.roles().stream()
            .map(role -> role.arn().equals(arn) ? change.apply(role) : role)
            .toList());
  }

  private static Inventory onProvider(
      Inventory old, String arn, UnaryOperator<List<String>> change) {
    return Inventories.withProviders(
        old,
        old.providers().stream()
            .map(
                provider ->
                    provider.arn().equals(arn)
                        ? new OidcProvider(
                            provider.arn(),
                            provider.url(),
                            change.apply(provider.clientIds()),
                            provider.thumbprints(),
                            provider.created(),
                            provider.tags())
                        : provider)
            .toList());
  }

  private static Inventory onCluster(Inventory old, String name, UnaryOperator<Cluster> change) {
    return Inventories.withClusters(
        old,
        old.clusters().stream()
            .map(cluster -> cluster.name().equals(name) ? change.apply(cluster) : cluster)
            .toList());
  }

  private static <T> List<T> plus(List<T> items, T item) {
    return new ArrayList<>(Stream.concat(items.stream(), Stream.of(item)).toList());
  }
}
