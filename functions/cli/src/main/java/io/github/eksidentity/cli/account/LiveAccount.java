package io.github.eksidentity.cli.account;

import io.github.eksidentity.aws.AwsCollector;
import io.github.eksidentity.aws.CollectException;
import io.github.eksidentity.aws.CollectOptions;
import io.github.eksidentity.aws.WebIdentityProbe;
import io.github.eksidentity.cli.console.Console;
import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.cli.console.ProgressLine;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.probe.ProbeOutcome;
import io.github.eksidentity.core.rules.role.RoleRules;
import io.github.eksidentity.kubernetes.AccessProvider;
import io.github.eksidentity.kubernetes.EksAccess;
import io.github.eksidentity.kubernetes.KubernetesReader;
import io.github.eksidentity.kubernetes.ServiceAccountTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// Reads a live account. The only class that touches the SDK, so that nothing of it is loaded for
/// an audit of files.
public final class LiveAccount {
  private static final int CLUSTERS_AT_ONCE = 16;

  private LiveAccount() {}

  /// Everything that the credentials may read.
  ///
  /// @param settings by which IAM's policy simulator is asked what roles lack, and which say how
  /// far back from now CloudTrail is asked
  /// @throws Failure where not even the account is known
  public static Inventory read(
      SourceOptions source, Settings settings, Instant now, Console console, boolean showProgress) {
    CollectOptions options =
        options(source).withSimulation(read -> RoleRules.questions(read, settings));
    if (source.trail()) {
      options = options.withTrail(now, settings.trailHours());
    }
    return read(source, console, options, showProgress);
  }

  private static Inventory read(
      SourceOptions source, Console console, CollectOptions options, boolean showProgress) {
    try (ProgressLine progress = new ProgressLine(console, showProgress)) {
      return AwsCollector.collect(
          options,
          progress::show,
          (inventory, credentials) -> {
            refuseUnknownRegions(source.regions(), inventory);
            return source.clusters()
                ? reader(credentials, source, console).read(inventory)
                : inventory;
          });
    } catch (CollectException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  /// A region that does not exist would be read as one without clusters, and nothing found there.
  ///
  /// @throws Failure where one that was asked for is not among those of the account
  private static void refuseUnknownRegions(List<String> asked, Inventory inventory) {
    Set<String> others =
        inventory.coverage().keySet().stream()
            .filter(scope -> scope.kind() == Scope.Kind.EKS)
            .flatMap(scope -> scope.region().stream())
            .filter(inventory.regions()::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String region : asked) {
      if (!inventory.regions().contains(region)) {
        throw new Failure(
            region
                + " is not an enabled region of account "
                + inventory.account().id()
                + AccountNames.nearest(region, others));
      }
    }
  }

  /// Asks STS for a role with a token of a service account.
  ///
  /// @param subject `system:serviceaccount:<namespace>:<name>`
  public static ProbeOutcome probe(
      SourceOptions source,
      Console console,
      Cluster cluster,
      String subject,
      String audience,
      String roleArn) {
    CollectOptions options = options(source);
    String[] name = Subject.qualifiedName(subject).split("/", 2);
    try {
      return AwsCollector.withCredentials(
          options,
          credentials ->
              switch (ServiceAccountTokens.request(
                  access(credentials, source, console),
                  cluster,
                  name[0],
                  name[1],
                  audience,
                  source.clusterTimeout())) {
                case ServiceAccountTokens.Given given ->
                    WebIdentityProbe.assume(
                        cluster.region(), options.endpoint(), roleArn, given.token());
                case ServiceAccountTokens.NotGiven(String reason) ->
                    new ProbeOutcome.NotTried(reason);
              });
    } catch (CollectException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    } catch (Failure e) {
      throw e;
    } catch (RuntimeException e) {
      // what it says may be the token
      return new ProbeOutcome.NotTried("asking for it failed: " + e.getClass().getSimpleName());
    }
  }

  private static KubernetesReader reader(
      AwsCredentialsProvider credentials, SourceOptions source, Console console) {
    return new KubernetesReader(
        access(credentials, source, console), source.clusterTimeout(), CLUSTERS_AT_ONCE);
  }

  private static AccessProvider access(
      AwsCredentialsProvider credentials, SourceOptions source, Console console) {
    EksAccess eks = new EksAccess(credentials::resolveCredentials, Clock.systemUTC());
    return source
        .kubeconfig()
        .<AccessProvider>map(
            file -> Kubeconfig.read(console.path(file), file, source.context(), eks::token))
        .orElse(eks);
  }

  private static CollectOptions options(SourceOptions source) {
    CollectOptions options = CollectOptions.DEFAULT.withRegions(source.regions());
    if (source.profile().isPresent()) {
      options = options.withProfile(source.profile().get());
    }
    if (source.roleArn().isPresent()) {
      options =
          options.withRole(
              new CollectOptions.RoleToAssume(
                  source.roleArn().get(),
                  source.externalId(),
                  CollectOptions.RoleToAssume.DEFAULT_SESSION));
    }
    if (source.endpoint().isPresent()) {
      options = options.withEndpoint(URI.create(source.endpoint().get()));
    }
    return options;
  }
}
