package io.github.eksidentity.audit;

import io.github.eksidentity.aws.AwsCollector;
import io.github.eksidentity.aws.CollectException;
import io.github.eksidentity.aws.CollectOptions;
import io.github.eksidentity.aws.CollectOptions.RoleToAssume;
import io.github.eksidentity.aws.Progress;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.MuteList;
import io.github.eksidentity.core.drift.Observed;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.kubernetes.EksAccess;
import io.github.eksidentity.kubernetes.KubernetesReader;
import io.github.eksidentity.lambda.FunctionException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.inject.Inject;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// Reads one account and judges it.
final class AccountAudit {
  private static final int CLUSTERS_AT_ONCE = 16;

  private final AuditSettings settings;
  private final Auditor auditor;

  @Inject
  AccountAudit(AuditSettings settings, Auditor auditor) {
    this.settings = settings;
    this.auditor = auditor;
  }

  /// An account that cannot be read at all gives an assessment in which nothing is known, so that
  /// its findings become unverified instead of staying as they are without a word.
  ///
  /// @param left how much time is left for reading and for writing what came of it
  Observed assess(Target target, Run run, MuteList mutes, Supplier<Duration> left) {
    Inventory inventory = inventory(target, run, left);
    return Observed.of(auditor, AuditContext.of(inventory, settings.rules(), run.now()), mutes);
  }

  private Inventory inventory(Target target, Run run, Supplier<Duration> left) {
    try {
      Inventory read =
          AwsCollector.collect(
              options(target, run, left.get()),
              Progress.SILENT,
              (inventory, credentials) ->
                  settings
                      .clusterBudget()
                      .map(
                          budget ->
                              clusters(inventory, credentials, shared(budget, inventory, left)))
                      .orElse(inventory));
      if (!read.account().equals(target.account())) {
        return unread(target, "the credentials belong to account " + read.account().id());
      }
      refuseUnknown(run, read);
      return read;
    } catch (CollectException e) {
      return unread(target, String.valueOf(e.getMessage()));
    }
  }

  /// A run that is narrowed to what is not there would say of nothing that all is well.
  ///
  /// @throws FunctionException where AWS named all regions, or all clusters, and one that was asked
  /// for is not among them
  private void refuseUnknown(Run run, Inventory read) {
    if (isComplete(read, Scope.account(Scope.Kind.REGIONS))) {
      for (String region : run.scope().regions()) {
        if (!settings.regions().contains(region) && !read.regions().contains(region)) {
          throw new FunctionException(region + " is not an enabled region of this account.");
        }
      }
    }
    Set<String> names = read.clusters().stream().map(Cluster::name).collect(Collectors.toSet());
    if (read.regions().stream().allMatch(region -> isComplete(read, Scope.region(region)))) {
      for (String cluster : run.scope().clusters()) {
        if (!names.contains(cluster)) {
          throw new FunctionException(
              "There is no cluster " + cluster + " in the regions that were read.");
        }
      }
    }
  }

  private static boolean isComplete(Inventory read, Scope scope) {
    return read.coverage().get(scope) instanceof Coverage.Complete;
  }

  private static Inventory clusters(
      Inventory inventory, AwsCredentialsProvider credentials, Duration budget) {
    EksAccess access = new EksAccess(credentials::resolveCredentials, Clock.systemUTC());
    return new KubernetesReader(access, budget, CLUSTERS_AT_ONCE).read(inventory);
  }

  /// The time for each cluster: what is allowed, or a share of half of what is left.
  private static Duration shared(Duration budget, Inventory inventory, Supplier<Duration> left) {
    int rounds = Math.ceilDiv(Math.max(1, inventory.clusters().size()), CLUSTERS_AT_ONCE);
    Duration share = left.get().dividedBy(2).dividedBy(rounds);
    return budget.compareTo(share) < 0 ? budget : share;
  }

  /// AWS gets three quarters of the time, or half where clusters are read too: the rest is for them
  /// and for writing.
  private CollectOptions options(Target target, Run run, Duration left) {
    int quarters = settings.clusterBudget().isPresent() ? 2 : 3;
    CollectOptions options =
        CollectOptions.DEFAULT
            .withRegions(run.scope().regions().stream().sorted().toList())
            .withSimulation(read -> RoleRules.questions(read, settings.rules()))
            .withDeadline(left.multipliedBy(quarters).dividedBy(4));
    if (settings.trail()) {
      options = options.withTrail(run.now(), settings.rules().trailHours());
    }
    return target.own() ? options : options.withRole(memberRole(target, run));
  }

  private RoleToAssume memberRole(Target target, Run run) {
    return new RoleToAssume(
        "arn:%s:iam::%s:role/%s"
            .formatted(
                target.account().partition().id(),
                target.account().id(),
                settings.memberRole().orElseThrow()),
        settings.externalId(),
        sessionName(run.id().value()));
  }

  /// STS takes 64 characters at most. The end of a run's id tells more than its beginning.
  private static String sessionName(String runId) {
    String allowed = runId.replace(':', '.');
    return allowed.substring(Math.max(0, allowed.length() - 64));
  }

  private static Inventory unread(Target target, String reason) {
    Map<Scope, Coverage> coverage = new TreeMap<>();
    for (Scope.Kind kind :
        List.of(
            Scope.Kind.IAM,
            Scope.Kind.IAM_POLICIES,
            Scope.Kind.IAM_USAGE,
            Scope.Kind.OIDC,
            Scope.Kind.REGIONS)) {
      coverage.put(Scope.account(kind), new Coverage.Failed(reason, Optional.empty()));
    }
    return new Inventory(
        target.account(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        new Quotas(OptionalInt.empty(), OptionalInt.empty()),
        coverage);
  }
}
