package io.github.eksidentity.securityhub;

import io.github.eksidentity.lambda.Environment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// Where Security Hub of a region is called, by the settings that every client of the SDK honours.
///
/// Documented at <https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html> and
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html>.
final class Endpoint {
  private Endpoint() {}

  /// @param region as `eu-west-1`
  static URI of(String region, Environment environment) {
    return environment
        .optional("AWS_ENDPOINT_URL_SECURITYHUB")
        .or(() -> environment.optional("AWS_ENDPOINT_URL"))
        .map(URI::create)
        .orElseGet(() -> ofPartition(region, tags(environment)));
  }

  private static URI ofPartition(String region, List<EndpointTag> tags) {
    PartitionMetadata partition = PartitionMetadata.of(Region.of(region));
    PartitionEndpointKey kind = PartitionEndpointKey.builder().tags(tags).build();
    return URI.create(
        "https://"
            + partition
                .hostname(kind)
                .replace("{service}", "securityhub")
                .replace("{region}", region)
                .replace("{dnsSuffix}", partition.dnsSuffix(kind)));
  }

  private static List<EndpointTag> tags(Environment environment) {
    List<EndpointTag> tags = new ArrayList<>();
    if (isSet(environment, "AWS_USE_DUALSTACK_ENDPOINT")) {
      tags.add(EndpointTag.DUALSTACK);
    }
    if (isSet(environment, "AWS_USE_FIPS_ENDPOINT")) {
      tags.add(EndpointTag.FIPS);
    }
    return tags;
  }

  private static boolean isSet(Environment environment, String name) {
    return environment.optional(name).filter("true"::equalsIgnoreCase).isPresent();
  }
}
