package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.testbed.Accounts;
import io.github.eksidentity.testbed.TestBed;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// What the tests of collectors share.
final class Audits {
  /// An account with a few of everything.
  static final Accounts.Size SMALL =
      new Accounts.Size(
          Partition.AWS, List.of("us-east-1", "eu-west-1", "eu-south-2"), 9, 4, 5, 5, 12, 9, 2);

  /// For what a test does to an emulator besides reading it.
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTBED", "secret"));

  static {
    System.setProperty("aws.accessKeyId", "AKIATESTBED");
    System.setProperty("aws.secretAccessKey", "secret");
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.configFile", "/nonexistent/config");
    System.setProperty("aws.sharedCredentialsFile", "/nonexistent/credentials");
  }

  private Audits() {}

  /// Options that read from the test bed and lose no time where it does not answer.
  static CollectOptions from(TestBed bed) {
    return CollectOptions.DEFAULT
        .withEndpoint(bed.endpoint())
        .withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(20));
  }

  /// What is read from the test bed, in order.
  static Inventory read(TestBed bed) {
    return read(from(bed));
  }

  static Inventory read(CollectOptions options) {
    try {
      return AwsCollector.collect(options, Progress.SILENT).sorted();
    } catch (CollectException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
