package io.github.eksidentity.core.facts;

import java.util.Arrays;
import java.util.Optional;

/// The AWS partitions, as the SDK's partition metadata lists them.
///
/// Documented at
/// <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>.
public enum Partition {
  AWS("aws", "amazonaws.com", "us-east-1", ""),
  AWS_CN("aws-cn", "amazonaws.com.cn", "cn-north-1", "cn-"),
  AWS_US_GOV("aws-us-gov", "amazonaws.com", "us-gov-west-1", "us-gov-"),
  AWS_EUSC("aws-eusc", "amazonaws.eu", "eusc-de-east-1", "eusc-"),
  AWS_ISO("aws-iso", "c2s.ic.gov", "us-iso-east-1", "us-iso-"),
  AWS_ISO_B("aws-iso-b", "sc2s.sgov.gov", "us-isob-east-1", "us-isob-"),
  AWS_ISO_E("aws-iso-e", "cloud.adc-e.uk", "eu-isoe-west-1", "eu-isoe-"),
  AWS_ISO_F("aws-iso-f", "csp.hci.ic.gov", "us-isof-south-1", "us-isof-");

  private final String id;
  private final String dnsSuffix;
  private final String homeRegion;
  private final String regionPrefix;

  Partition(String id, String dnsSuffix, String homeRegion, String regionPrefix) {
    this.id = id;
    this.dnsSuffix = dnsSuffix;
    this.homeRegion = homeRegion;
    this.regionPrefix = regionPrefix;
  }

  /// The second field of every ARN of the partition, as in `arn:aws-cn:…`.
  public String id() {
    return id;
  }

  /// What the names of its endpoints and issuers end in.
  public String dnsSuffix() {
    return dnsSuffix;
  }

  /// The region in which IAM's events appear and its global endpoint is signed for.
  public String homeRegion() {
    return homeRegion;
  }

  /// The partition with this id, as it stands in an ARN.
  public static Optional<Partition> of(String id) {
    return Arrays.stream(values()).filter(partition -> partition.id.equals(id)).findFirst();
  }

  /// The partition that a region code belongs to; a code with no known prefix belongs to `aws`.
  public static Partition ofRegion(String region) {
    return Arrays.stream(values())
        .filter(partition -> !partition.regionPrefix.isEmpty())
        .filter(partition -> region.startsWith(partition.regionPrefix))
        .findFirst()
        .orElse(AWS);
  }
}
