package io.github.eksidentity.cli.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Where the facts come from when they come from a live account.
public final class SourceOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration files.")
  private @Nullable String profile;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region to read; repeatable. Without it, every enabled region.")
  private List<String> regions = new ArrayList<>();

  @Option(names = "--role-arn", paramLabel = "ARN", description = "Role to assume before reading.")
  private @Nullable String roleArn;

  @Option(
      names = "--external-id",
      paramLabel = "ID",
      description = "External id for assuming that role.")
  private @Nullable String externalId;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "One endpoint for every service, as an emulator has.")
  private @Nullable String endpoint;

  @Option(
      names = "--clusters",
      description =
          "Also read service accounts, pods, webhook configurations and RBAC from the Kubernetes"
              + " API of each cluster; off unless asked for.")
  private boolean clusters;

  @Option(
      names = "--cluster-timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long reading one cluster may take, ${DEFAULT-VALUE} by default.")
  private int clusterTimeout;

  @Option(
      names = "--trail",
      description =
          "Also look up in CloudTrail who assumed a role with a pod's token on the last day, or as"
              + " far back as trailHours in the settings says; off unless asked for. Needs"
              + " cloudtrail:LookupEvents.")
  private boolean trail;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Reach the clusters as the contexts of this file say, by the address or ARN of each; no"
              + " program that it names is run. Needs --clusters.")
  private @Nullable String kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The one context of --kubeconfig to use.")
  private @Nullable String context;

  Optional<String> kubeconfig() {
    return Optional.ofNullable(kubeconfig);
  }

  Optional<String> context() {
    return Optional.ofNullable(context);
  }

  boolean trail() {
    return trail;
  }

  boolean clusters() {
    return clusters;
  }

  Duration clusterTimeout() {
    return Duration.ofSeconds(clusterTimeout);
  }

  Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  List<String> regions() {
    return List.copyOf(regions);
  }

  Optional<String> roleArn() {
    return Optional.ofNullable(roleArn);
  }

  Optional<String> externalId() {
    return Optional.ofNullable(externalId);
  }

  Optional<String> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  boolean given() {
    return profile != null
        || !regions.isEmpty()
        || roleArn != null
        || externalId != null
        || endpoint != null
        || clusters
        || trail
        || kubeconfig != null
        || context != null;
  }

  /// Refuses what makes no sense together, and beside files.
  ///
  /// @param does what the command does to files
  void checkBeside(
      picocli.CommandLine command, String does, @Nullable String snapshot, boolean tolerateErrors) {
    check(command);
    if (snapshot != null && given()) {
      throw new ParameterException(
          command,
          "--snapshot "
              + does
              + " files; --profile, --region, --role-arn, --external-id, --endpoint-url,"
              + " --clusters, --kubeconfig and --trail are for live accounts.");
    }
    if (snapshot == null && tolerateErrors) {
      throw new ParameterException(command, "--tolerate-errors is for --snapshot.");
    }
  }

  /// Refuses what makes no sense together.
  void check(picocli.CommandLine command) {
    if (kubeconfig != null && !clusters) {
      throw new ParameterException(command, "--kubeconfig needs --clusters.");
    }
    checkValues(command);
  }

  /// Refuses values that make no sense, whatever they are for.
  public void checkValues(picocli.CommandLine command) {
    if (context != null && kubeconfig == null) {
      throw new ParameterException(command, "--context needs --kubeconfig.");
    }
    if (clusterTimeout < 1) {
      throw new ParameterException(command, "--cluster-timeout needs at least 1 second.");
    }
    if (externalId != null && roleArn == null) {
      throw new ParameterException(command, "--external-id needs --role-arn.");
    }
    if (roleArn != null && !roleArn.matches("arn:[a-z0-9-]+:iam::\\d{12}:role/.+")) {
      throw new ParameterException(command, "--role-arn needs the ARN of a role, not " + roleArn);
    }
    for (String region : regions) {
      if (!region.matches("[a-z]{2,5}(-[a-z]+)+-\\d+")) {
        throw new ParameterException(
            command, "--region needs a region such as eu-west-1, not " + region);
      }
    }
    if (endpoint != null && !endpoint.matches("https?://\\S+")) {
      throw new ParameterException(
          command, "--endpoint-url needs an http or https URL, not " + endpoint);
    }
  }
}
