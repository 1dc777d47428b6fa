package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The account that the times of whole audits speak of: 5,000 roles, 100 clusters in 10 regions,
/// 2,000 associations, 300 add-ons, 100 providers. Of five roles three are for IRSA, one is for Pod
/// Identity and one for EC2; one role for IRSA in 25 has a fault, the rest is in order.
public final class LargeAccount {
  /// How many roles the account has.
  public static final int ROLES = 5_000;

  /// How many clusters it has; each has a provider.
  public static final int CLUSTERS = 100;

  /// How many associations it has, spread evenly over the clusters.
  public static final int ASSOCIATIONS = 2_000;

  /// How many add-ons it has, spread evenly over the clusters.
  public static final int ADDONS = 300;

  /// The regions with clusters.
  public static final List<String> REGIONS =
      List.of(
          "us-east-1",
          "us-east-2",
          "us-west-1",
          "us-west-2",
          "eu-west-1",
          "eu-west-2",
          "eu-central-1",
          "ap-south-1",
          "ap-southeast-1",
          "ap-northeast-1");

  private static final String ID = "111122223333";
  private static final Instant MADE = Instant.parse("2024-02-03T04:05:06Z");
  private static final Instant USED = Instant.parse("2026-11-19T04:05:06Z");
  private static final List<String> ADDON_NAMES =
      List.of(Addon.POD_IDENTITY_AGENT, "vpc-cni", "coredns");

  private LargeAccount() {}

  /// The account, every scope that AWS can tell of completely read.
  public static Inventory inventory() {
    List<Cluster> clusters = times(CLUSTERS, LargeAccount::cluster);
    return new Inventory(
        new Account(ID, Partition.AWS),
        REGIONS,
        times(ROLES, LargeAccount::role),
        times(CLUSTERS, LargeAccount::provider),
        clusters,
        List.of(),
        List.of(),
        Map.of(),
        new Quotas(OptionalInt.of(2048), OptionalInt.empty()),
        Accounts.complete(REGIONS, clusters));
  }

  private static Cluster cluster(int number) {
    String region = region(number);
    return new Cluster(
        clusterArn(number),
        clusterName(number),
        region,
        "ACTIVE",
        Optional.of(issuer(number)),
        "1.33",
        "eks.12",
        false,
        Optional.empty(),
        Optional.of("https://" + hex(number) + ".gr7." + region + ".eks.amazonaws.com"),
        Optional.empty(),
        Optional.of(MADE),
        List.of(),
        Map.of("team", "platform"),
        times(ASSOCIATIONS / CLUSTERS, index -> association(number, index)),
        times(ADDONS / CLUSTERS, LargeAccount::addon),
        List.of(),
        Kubernetes.NOT_READ);
  }

  private static Association association(int cluster, int index) {
    String id = "a-" + (index + 10) + "abcdefghijklmno";
    int podRole = (cluster * (ASSOCIATIONS / CLUSTERS) + index) % (ROLES / 5);
    return new Association(
        "arn:aws:eks:%s:%s:podidentityassociation/%s/%s"
            .formatted(region(cluster), ID, clusterName(cluster), id),
        id,
        "team-" + index % 7,
        "worker-" + index,
        roleArn(podRole * 5 + 3),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static Addon addon(int index) {
    return new Addon(
        ADDON_NAMES.get(index),
        "v1.3.0-eksbuild.1",
        "ACTIVE",
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of());
  }

  private static OidcProvider provider(int number) {
    return new OidcProvider(
        "arn:aws:iam::" + ID + ":oidc-provider/" + issuer(number),
        issuer(number),
        List.of("sts.amazonaws.com"),
        List.of("9e99a48a9960b14926bb7f3b02e22da2b0ab7280"),
        Optional.of(MADE),
        Map.of());
  }

  private static Role role(int number) {
    String name = "role-" + number;
    String trust =
        switch (number % 5) {
          case 3 -> podIdentity(number / 5);
          case 4 -> service();
          default -> irsa(number);
        };
    return new Role(
        roleArn(number),
        name,
        "/",
        "AROA" + number,
        Optional.of(MADE),
        trust,
        List.of(new PolicyDocument("queue", permissions(number))),
        List.of(),
        number % 5 == 4 ? List.of("nodes-" + number) : List.of(),
        Optional.empty(),
        new LastUsed.At(USED),
        Map.of("team", "team-" + number % 7));
  }

  private static String irsa(int number) {
    String issuer = issuer(number % CLUSTERS);
    String subject =
        number % 25 == 0
            ? "system:serviceaccount:team-" + number % 7 + ":*"
            : "system:serviceaccount:team-" + number % 7 + ":app-" + number;
    return """
    {"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::%s:oidc-provider/%s"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"StringEquals": {"%s:aud": "sts.amazonaws.com", "%s:sub": "%s"}}
    }]}
    """
        .formatted(ID, issuer, issuer, issuer, subject);
  }

  /// A role of Pod Identity serves two clusters, as there are twice as many associations.
  private static String podIdentity(int podRole) {
    int each = ASSOCIATIONS / CLUSTERS;
    int first = podRole / each;
    String clusters =
        "\"%s\", \"%s\"".formatted(clusterArn(first), clusterArn(first + CLUSTERS / 2));
    return """
    {"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow",
      "Principal": {"Service": "pods.eks.amazonaws.com"},
      "Action": ["sts:AssumeRole", "sts:TagSession"],
      "Condition": {"StringEquals": {
        "aws:RequestTag/eks-cluster-arn": [%s],
        "aws:RequestTag/kubernetes-namespace": "team-%d",
        "aws:RequestTag/kubernetes-service-account": "worker-%d"
      }}
    }]}
    """
        .formatted(clusters, podRole % each % 7, podRole % each);
  }

  private static String service() {
    return """
    {"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"
    }]}
    """;
  }

  private static String permissions(int number) {
    return """
    {"Version": "2012-10-17", "Statement": [{
      "Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"],
      "Resource": "arn:aws:sqs:us-east-1:%s:queue-%d"
    }]}
    """
        .formatted(ID, number);
  }

  private static String region(int cluster) {
    return REGIONS.get(cluster % REGIONS.size());
  }

  private static String clusterName(int number) {
    return "cluster-" + number;
  }

  private static String clusterArn(int number) {
    return "arn:aws:eks:%s:%s:cluster/%s".formatted(region(number), ID, clusterName(number));
  }

  private static String issuer(int number) {
    return "oidc.eks.%s.amazonaws.com/id/%s".formatted(region(number), hex(number));
  }

  private static String hex(int number) {
    return String.format(Locale.ROOT, "%032X", number + 1);
  }

  private static String roleArn(int number) {
    return "arn:aws:iam::" + ID + ":role/role-" + number;
  }

  private static <T> List<T> times(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }
}
