package io.github.eksidentity.core.redact;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Replaces the names in what was read of an account.
final class RedactedInventory {
  private static final String OF_AWS = "arn:aws[a-z-]*:iam::aws:.*";

  private final RedactedText texts;

  RedactedInventory(RedactedText texts) {
    this.texts = texts;
  }

  Inventory of(Inventory inventory) {
    RedactedCluster clusters = new RedactedCluster(texts);
    Account account = inventory.account();
    return new Inventory(
        new Account(texts.name(account.id()), account.partition()),
        inventory.regions(),
        inventory.roles().stream().map(this::role).toList(),
        inventory.providers().stream().map(this::provider).toList(),
        inventory.clusters().stream().map(clusters::of).toList(),
        inventory.calls().stream().map(this::call).toList(),
        inventory.simulations().stream().map(this::simulation).toList(),
        managedPolicies(inventory.managedPolicies()),
        inventory.quotas(),
        coverage(inventory.coverage()));
  }

  private Role role(Role role) {
    return new Role(
        texts.name(role.arn()),
        texts.name(role.name()),
        texts.name(role.path()),
        texts.name(role.id()),
        role.created(),
        PolicyText.redacted(role.trustDocument(), texts),
        role.inlinePolicies().stream().map(this::policy).toList(),
        texts.names(role.attachedPolicies()),
        texts.names(role.instanceProfiles()),
        texts.name(role.permissionsBoundary()),
        role.lastUsed(),
        texts.names(role.tags()));
  }

  private Map<String, PolicyDocument> managedPolicies(Map<String, PolicyDocument> policies) {
    Map<String, PolicyDocument> replaced = new HashMap<>();
    policies.forEach((arn, policy) -> replaced.put(texts.name(arn), policy(policy)));
    return replaced;
  }

  private PolicyDocument policy(PolicyDocument policy) {
    String document =
        policy.name().matches(OF_AWS)
            ? policy.document()
            : PolicyText.redacted(policy.document(), texts);
    return new PolicyDocument(texts.name(policy.name()), document);
  }

  private OidcProvider provider(OidcProvider provider) {
    return new OidcProvider(
        texts.name(provider.arn()),
        texts.name(provider.url()),
        texts.names(provider.clientIds()),
        texts.names(provider.thumbprints()),
        provider.created(),
        texts.names(provider.tags()));
  }

  private AssumeCall call(AssumeCall call) {
    return new AssumeCall(
        texts.name(call.id()),
        call.time(),
        call.region(),
        texts.name(call.roleArn()),
        texts.name(call.providerArn()),
        texts.name(call.subject()),
        texts.name(call.audience()),
        texts.sentence(call.errorCode()),
        texts.name(call.userAgent()));
  }

  private Simulation simulation(Simulation simulation) {
    Simulation.Question asked = simulation.question();
    return new Simulation(
        new Simulation.Question(
            texts.name(asked.roleArn()), asked.action(), texts.name(asked.resource())),
        simulation.decision(),
        simulation.missingContext().stream()
            .map(key -> PolicyText.conditionKey(key, texts))
            .collect(Collectors.toSet()),
        simulation.limits());
  }

  private Map<Scope, Coverage> coverage(Map<Scope, Coverage> coverage) {
    Map<Scope, Coverage> replaced = new HashMap<>();
    coverage.forEach((scope, how) -> replaced.put(scope(scope), coverage(how)));
    return replaced;
  }

  private Scope scope(Scope scope) {
    return new Scope(scope.kind(), scope.region(), texts.name(scope.cluster()));
  }

  private Coverage coverage(Coverage coverage) {
    return switch (coverage) {
      case Coverage.Complete complete -> complete;
      case Coverage.Partial(var reason, var permission) ->
          new Coverage.Partial(texts.sentence(reason), texts.sentence(permission));
      case Coverage.Failed(var reason, var permission) ->
          new Coverage.Failed(texts.sentence(reason), texts.sentence(permission));
      case Coverage.Skipped(var reason) -> new Coverage.Skipped(texts.sentence(reason));
    };
  }
}
