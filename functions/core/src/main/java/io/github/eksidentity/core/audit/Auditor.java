package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.RecordedCaller;
import io.github.eksidentity.core.index.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks every rule about every subject and lets the most specific rule speak.
public final class Auditor {
  private final List<Rule> rules;

  /// An auditor with these rules, asked in this order.
  public Auditor(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// Audits an account. Pure: the same facts, settings and time give the same assessment. Resources
  /// are judged side by side; the verdict on one does not depend on another's.
  public Assessment audit(Inventory inventory, Settings settings, Instant now) {
    return audit(AuditContext.of(inventory, settings, now), MuteList.NONE);
  }

  /// Audits an account, and the mutes that are about it.
  public Assessment audit(AuditContext context, MuteList mutes) {
    Settings settings = context.settings();
    Set<String> asked = new TreeSet<>(settings.disabledRules());
    List<Rule.OnMute> aboutMutes = new ArrayList<>();
    for (Rule rule : rules) {
      asked.add(rule.id());
      if (rule instanceof Rule.OnMute about && !settings.disabledRules().contains(rule.id())) {
        aboutMutes.add(about);
      }
    }
    Assessment assessment = judged(context);
    asked.removeAll(assessment.notAsked());
    return new MuteAudit(assessment, settings, asked).with(aboutMutes, mutes);
  }

  private Assessment judged(AuditContext context) {
    Inventory inventory = context.inventory();
    List<Rule> asked = new ArrayList<>();
    List<String> notAsked = new ArrayList<>();
    for (Rule rule : rules) {
      if (!context.settings().disabledRules().contains(rule.id())) {
        if (Scopes.tried(rule.metadata().needs(), inventory)) {
          asked.add(rule);
        } else {
          notAsked.add(rule.id());
        }
      }
    }
    List<RuleVerdict> judgements =
        Precedence.apply(
            resources(inventory).toList().parallelStream()
                .flatMap(resource -> judge(resource, asked, context))
                .toList(),
            scope -> inventory.coverageOf(scope).failed());
    List<Finding> findings =
        judgements.stream()
            .flatMap(judgement -> finding(judgement, context).stream())
            .sorted(Finding.ORDER)
            .toList();
    return new Assessment(
        inventory.account(),
        context.now(),
        findings,
        notJudged(judgements, inventory, asked),
        asked.stream().map(Rule::id).collect(Collectors.toUnmodifiableSet()),
        notAsked,
        judgements.size(),
        new TreeMap<>(inventory.coverage()),
        seen(judgements, inventory));
  }

  private static Assessment.Seen seen(List<RuleVerdict> judgements, Inventory inventory) {
    return new Assessment.Seen(
        judgements.stream()
            .map(judgement -> Assessment.Seen.name(judgement.resource()))
            .collect(Collectors.toUnmodifiableSet()),
        Set.copyOf(inventory.regions()),
        inventory.clusters().stream()
            .map(cluster -> new Assessment.ClusterName(cluster.region(), cluster.name()))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Stream<Resource> resources(Inventory inventory) {
    return Stream.of(
            inventory.roles().stream()
                .filter(role -> !role.serviceLinked())
                .map(Resource.OfRole::new),
            inventory.providers().stream().map(Resource.OfProvider::new),
            inventory.clusters().stream().flatMap(Auditor::resources),
            RecordedCaller.of(inventory).stream().map(Resource.OfCaller::new),
            Stream.of(new Resource.OfAccount(inventory.account())))
        .flatMap(each -> each);
  }

  private static Stream<Resource> resources(Cluster cluster) {
    return Stream.of(
            Stream.of(new Resource.OfCluster(cluster)),
            cluster.associations().stream()
                .map(association -> new Resource.OfAssociation(cluster, association)),
            cluster.kubernetes().serviceAccounts().stream()
                .map(account -> new Resource.OfServiceAccount(cluster, account)))
        .flatMap(each -> each);
  }

  private static Stream<RuleVerdict> judge(
      Resource resource, List<Rule> asked, AuditContext context) {
    Scopes scopes = new Scopes(context, resource);
    return asked.stream()
        .flatMap(
            rule ->
                rule
                    .check(resource, context)
                    .flatMap(check -> judge(rule, check, resource, scopes))
                    .stream());
  }

  /// Empty where the rule needs what is read on request only, and it was left out here.
  private static Optional<RuleVerdict> judge(
      Rule rule, Supplier<Verdict> check, Resource resource, Scopes scopes) {
    RuleMetadata metadata = rule.metadata();
    if (scopes.leftOut(metadata.needs())) {
      return Optional.empty();
    }
    Set<Scope> missing = scopes.missing(metadata);
    Verdict verdict =
        missing.isEmpty() ? check.get() : new Verdict.Undecided(missing, "not completely read");
    return Optional.of(new RuleVerdict(rule, resource, verdict));
  }

  private static Optional<Finding> finding(RuleVerdict judgement, AuditContext context) {
    if (!(judgement.verdict() instanceof Verdict.Violated violated)) {
      return Optional.empty();
    }
    RuleMetadata metadata = judgement.rule().metadata();
    Resource resource = judgement.resource();
    String account = context.inventory().account().id();
    Optional<Cluster> cluster = violated.cluster().or(() -> clusterOf(resource));
    Set<Scope> needed = new Scopes(context, resource).of(metadata.needs());
    return Optional.of(
        new Finding(
            Finding.fingerprint(metadata.id(), account, resource.key()),
            metadata.id(),
            context.settings().severities().getOrDefault(metadata.id(), violated.severity()),
            account,
            cluster.map(Cluster::region).orElse(Finding.GLOBAL),
            cluster.map(Cluster::name),
            resource.id(),
            violated.role().or(() -> roleOf(resource)),
            violated.title(),
            violated.evidence(),
            violated.stsError(),
            violated.remediation(),
            needed));
  }

  private static Optional<Cluster> clusterOf(Resource resource) {
    return switch (resource) {
      case Resource.OfCluster(Cluster cluster) -> Optional.of(cluster);
      case Resource.OfAssociation(Cluster cluster, _) -> Optional.of(cluster);
      case Resource.OfServiceAccount(Cluster cluster, _) -> Optional.of(cluster);
      case Resource.OfRole _, Resource.OfProvider _, Resource.OfCaller _, Resource.OfAccount _ ->
          Optional.empty();
    };
  }

  private static Optional<String> roleOf(Resource resource) {
    return switch (resource) {
      case Resource.OfRole(var role) -> Optional.of(role.arn());
      case Resource.OfAssociation(_, var association) -> Optional.of(association.roleArn());
      case Resource.OfServiceAccount(_, var serviceAccount) ->
          serviceAccount.annotation(AwsAnnotations.ROLE_ARN);
      case Resource.OfCaller(var caller) -> Optional.of(caller.roleArn());
      case Resource.OfCluster _, Resource.OfProvider _, Resource.OfAccount _ -> Optional.empty();
    };
  }

  private static List<Assessment.NotJudged> notJudged(
      List<RuleVerdict> judgements, Inventory inventory, List<Rule> asked) {
    List<Assessment.NotJudged> entries = new ArrayList<>();
    for (RuleVerdict judgement : judgements) {
      if (judgement.verdict() instanceof Verdict.Undecided undecided) {
        entries.add(
            new Assessment.NotJudged(judgement.rule().id(), judgement.resource().key(), undecided));
      }
    }
    entries.addAll(unknownSubjects(inventory, asked));
    entries.sort(Assessment.NotJudged.ORDER);
    return entries;
  }

  /// A scope that could not be read may hide subjects of which nothing is known: every rule about
  /// such subjects is undecided there.
  private static List<Assessment.NotJudged> unknownSubjects(Inventory inventory, List<Rule> asked) {
    List<Assessment.NotJudged> entries = new ArrayList<>();
    for (Scope scope : inventory.coverage().keySet()) {
      Coverage read = inventory.coverageOf(scope);
      if (read.isComplete() || (scope.kind().onRequest() && read instanceof Coverage.Skipped)) {
        continue;
      }
      for (Rule rule : asked) {
        if (rule.listedIn().contains(scope.kind())) {
          Verdict.Undecided verdict =
              new Verdict.Undecided(Set.of(scope), "what it would be about was not read");
          entries.add(new Assessment.NotJudged(rule.id(), scope.toString(), verdict));
        }
      }
    }
    return entries;
  }
}
