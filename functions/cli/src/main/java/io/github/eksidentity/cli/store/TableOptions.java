package io.github.eksidentity.cli.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// How to reach the table of `--store dynamodb:NAME`.
public final class TableOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile of the AWS configuration files, for a store in DynamoDB.")
  private @Nullable String profile;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region of a store in DynamoDB; by default the profile's or AWS_REGION.")
  private @Nullable String region;

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "Endpoint of a store in DynamoDB, as an emulator has.")
  private @Nullable String endpoint;

  public TableAccess access(CommandLine command) {
    if (endpoint != null && !endpoint.matches("https?://\\S+")) {
      throw new ParameterException(
          command, "--endpoint-url needs an http or https URL, not " + endpoint);
    }
    return new TableAccess(
        Optional.ofNullable(profile), Optional.ofNullable(region), Optional.ofNullable(endpoint));
  }
}
