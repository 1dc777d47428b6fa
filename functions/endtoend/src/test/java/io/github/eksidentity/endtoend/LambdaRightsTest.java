package io.github.eksidentity.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rights with which Lambda acts for a function, which no emulator records.
class LambdaRightsTest {
  /// Logs, traces, and the queue for what failed: the same for each function.
  ///
  /// Documented at <https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html>.
  private static final Set<String> OF_ALL =
      Set.of(
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
          "sqs:SendMessage");

  /// Documented at
  /// <https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html>.
  private static final Set<String> OF_STREAM =
      Set.of(
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:ListStreams");

  /// The queue of changes, and interfaces in a VPC.
  ///
  /// Documented at <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html> and
  /// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>.
  private static final Set<String> OF_AUDIT =
      Set.of(
          "sqs:ChangeMessageVisibility",
          "sqs:DeleteMessage",
          "sqs:GetQueueAttributes",
          "sqs:ReceiveMessage",
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses");

  @ParameterizedTest
  @ValueSource(strings = {"AuditRole", "AlertRole", "SlackRole", "SecurityHubRole"})
  void lambdaGetsWhatItNeedsAndNoMore(String role) {
    Set<String> needed = new TreeSet<>(OF_ALL);
    needed.addAll(
        switch (role) {
          case "AuditRole" -> OF_AUDIT;
          case "SlackRole" -> Set.of();
          default -> OF_STREAM;
        });
    assertEquals(needed, Template.ofLambda(role));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AuditRole", "AlertRole", "SlackRole", "SecurityHubRole"})
  void keysAreUsedThroughOtherServicesOnly(String role) {
    assertEquals(List.of(), Template.keysForAnything(role));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AuditRole", "AlertRole", "SlackRole", "SecurityHubRole"})
  void nothingIsGrantedByAPattern(String role) {
    assertTrue(Template.granted(role).stream().noneMatch(action -> action.contains("*")));
  }
}
