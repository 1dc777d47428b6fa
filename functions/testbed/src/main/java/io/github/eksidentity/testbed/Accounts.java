package io.github.eksidentity.testbed;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes accounts of a given size with facts of every kind, the same ones for the same seed.
public final class Accounts {
  private static final Instant START = Instant.parse("2024-02-03T04:05:06Z");
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "Größe 🚢 船",
          "a & b < c > \"d\" 'e'",
          "per%20cent+plus",
          "{\"a\": [1]}",
          " spaces  inside ",
          "=+-@:/._");

  private final Size size;
  private final Random random;

  private Accounts(Size size, long seed) {
    this.size = size;
    this.random = new Random(seed);
  }

  /// How much of everything.
  ///
  /// @param regions the first of the partition's regions
  /// @param clusters in the whole account, spread over the regions
  /// @param associations spread over the clusters
  /// @param addons spread over the clusters
  /// @param nodeGroups of each cluster that has associations
  public record Size(
      Partition partition,
      List<String> regions,
      int roles,
      int policies,
      int providers,
      int clusters,
      int associations,
      int addons,
      int nodeGroups) {
    /// A large account of random text, in which most links are broken.
    public static final Size LARGE =
        new Size(Partition.AWS, LargeAccount.REGIONS, 5000, 0, 100, 100, 2000, 300, 0);
  }

  /// An account of this size, every scope completely read. Only clusters with associations have
  /// node groups, as no other's are read.
  public static Inventory generate(Size size, long seed) {
    return new Accounts(size, seed).inventory();
  }

  private Inventory inventory() {
    List<Cluster> clusters = times(size.clusters(), this::cluster);
    Map<String, PolicyDocument> policies =
        times(size.policies(), this::managedPolicy).stream()
            .collect(Collectors.toMap(PolicyDocument::name, policy -> policy));
    return new Inventory(
        new Account("111122223333", size.partition()),
        size.regions(),
        times(size.roles(), this::role),
        times(size.providers(), this::provider),
        clusters,
        List.of(),
        List.of(),
        policies,
        new Quotas(OptionalInt.of(2048), OptionalInt.empty()),
        complete(size.regions(), clusters));
  }

  /// The coverage of an account that was read without a problem.
  public static Map<Scope, Coverage> complete(List<String> regions, List<Cluster> clusters) {
    Map<Scope, Coverage> coverage = new TreeMap<>();
    for (Scope.Kind kind : Scope.Kind.values()) {
      switch (kind) {
        case IAM, IAM_POLICIES, IAM_USAGE, OIDC, REGIONS ->
            coverage.put(Scope.account(kind), new Coverage.Complete());
        case EKS ->
            regions.forEach(region -> coverage.put(Scope.region(region), new Coverage.Complete()));
        case ASSOCIATIONS, ADDONS ->
            clusters.forEach(
                cluster -> coverage.put(scope(kind, cluster), new Coverage.Complete()));
        case NODE_GROUPS ->
            clusters.forEach(
                cluster ->
                    coverage.put(
                        scope(kind, cluster),
                        cluster.associations().isEmpty()
                            ? new Coverage.Skipped("no association needs it")
                            : new Coverage.Complete()));
        case SERVICE_ACCOUNTS, PODS, WEBHOOKS, RBAC, TRAIL, SIMULATIONS -> {}
      }
    }
    return coverage;
  }

  private static Scope scope(Scope.Kind kind, Cluster cluster) {
    return Scope.cluster(kind, cluster.region(), cluster.name());
  }

  private Cluster cluster(int number) {
    String region = size.regions().get(number % size.regions().size());
    String name = "cluster-" + number;
    String arn = arn("eks", region, "cluster/" + name);
    boolean autoMode = random.nextBoolean();
    List<Association> associations =
        times(share(size.associations(), number), index -> association(region, name, index));
    return new Cluster(
        arn,
        name,
        region,
        oneOf(List.of("ACTIVE", "ACTIVE", "UPDATING")),
        Optional.of(issuer(number)),
        "1.33",
        "eks." + random.nextInt(1, 30),
        autoMode,
        autoMode ? Optional.of(roleArn(random.nextInt(10))) : Optional.empty(),
        Optional.of("https://" + number + ".eks.amazonaws.com"),
        maybe("LS0tLS1CRUdJTg=="),
        Optional.of(START.plusMillis(random.nextInt())),
        issues("ClusterUnreachable"),
        tags(),
        associations,
        times(share(size.addons(), number), index -> addon(associations, index)),
        associations.isEmpty() ? List.of() : times(size.nodeGroups(), this::nodeGroup),
        Kubernetes.NOT_READ);
  }

  /// How many of a total fall to the cluster of this number.
  private int share(int total, int number) {
    return total / size.clusters() + (number < total % size.clusters() ? 1 : 0);
  }

  private Association association(String region, String cluster, int number) {
    String id = "a-" + number + "abcdefghij";
    boolean target = random.nextInt(4) == 0;
    return new Association(
        arn("eks", region, "podidentityassociation/" + cluster + "/" + id),
        id,
        "namespace-" + number % 7,
        "sa-" + number,
        roleArn(random.nextInt(Math.max(1, size.roles()))),
        target ? Optional.of("arn:aws:iam::444455556666:role/target") : Optional.empty(),
        target ? Optional.of(region + "/" + cluster) : Optional.empty(),
        random.nextBoolean(),
        random.nextInt(8) == 0 ? Optional.of(document("s3:GetObject")) : Optional.empty(),
        maybe(arn("eks", region, "addon/" + cluster + "/vpc-cni")),
        tags());
  }

  private Addon addon(List<Association> associations, int number) {
    List<String> names = List.of(Addon.POD_IDENTITY_AGENT, "vpc-cni", "coredns", "kube-proxy");
    return new Addon(
        number < names.size() ? names.get(number) : "addon-" + number,
        "v1." + number + ".0-eksbuild.1",
        oneOf(List.of("ACTIVE", "DEGRADED")),
        maybe(roleArn(number)),
        associations.stream().limit(random.nextInt(3)).map(Association::arn).toList(),
        issues("InsufficientNumberOfReplicas"),
        tags());
  }

  private NodeGroup nodeGroup(int number) {
    return new NodeGroup("nodes-" + number, roleArn(number), "ACTIVE");
  }

  private OidcProvider provider(int number) {
    return new OidcProvider(
        "arn:" + partition() + ":iam::111122223333:oidc-provider/" + issuer(number),
        issuer(number),
        number % 5 == 4 ? List.of() : List.of("sts.amazonaws.com", "audience-" + number),
        maybe("9e99a48a9960b14926bb7f3b02e22da2b0ab7280").stream().toList(),
        Optional.of(START.plusSeconds(number)),
        tags());
  }

  private Role role(int number) {
    String path = number % 3 == 0 ? "/team/app/" : "/";
    String name = "role-" + number + "_+=,.@-";
    return new Role(
        "arn:" + partition() + ":iam::111122223333:role" + path + name,
        name,
        path,
        "AROA" + number,
        Optional.of(START.plusSeconds(number)),
        trust(number),
        times(
            random.nextInt(3),
            index -> new PolicyDocument("inline-" + index, document("s3:List*"))),
        times(random.nextInt(3), index -> "arn:" + partition() + ":iam::aws:policy/p" + index),
        number % 50 == 0 ? List.of("profile-" + number) : List.of(),
        maybe("arn:" + partition() + ":iam::111122223333:policy/boundary"),
        random.nextBoolean()
            ? new LastUsed.Never()
            : new LastUsed.At(START.plusSeconds(random.nextInt(1_000_000))),
        tags());
  }

  private PolicyDocument managedPolicy(int number) {
    return new PolicyDocument(
        "arn:" + partition() + ":iam::111122223333:policy/team/policy-" + number,
        document("sqs:SendMessage"));
  }

  private String trust(int number) {
    String issuer = issuer(number % Math.max(1, size.providers()));
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "%s",
          "Effect": "Allow",
          "Principal": {"Federated": "arn:%s:iam::111122223333:oidc-provider/%s"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {
            "StringEquals": {
              "%s:aud": "sts.amazonaws.com",
              "%s:sub": "system:serviceaccount:namespace-%d:sa-%d"
            }
          }
        }
      ]
    }
    """
        .formatted(
            oneOf(TEXTS).replace("\"", "\\\""),
            partition(),
            issuer,
            issuer,
            issuer,
            number % 7,
            number);
  }

  private String document(String action) {
    return "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"a+b %%2B\"}]}"
        .formatted(action);
  }

  private String issuer(int number) {
    String region = size.regions().get(number % size.regions().size());
    return "oidc.eks.%s.%s/id/%s"
        .formatted(
            region, size.partition().dnsSuffix(), String.format(Locale.ROOT, "%032X", number + 1));
  }

  private String roleArn(int number) {
    return "arn:" + partition() + ":iam::111122223333:role/role-" + number;
  }

  private String arn(String service, String region, String resource) {
    return String.join(":", "arn", partition(), service, region, "111122223333", resource);
  }

  private String partition() {
    return size.partition().id();
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.put("key " + i, oneOf(TEXTS));
    }
    return tags;
  }

  private List<HealthIssue> issues(String code) {
    return random.nextInt(5) == 0 ? List.of(new HealthIssue(code, oneOf(TEXTS))) : List.of();
  }

  private Optional<String> maybe(String value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static <T> List<T> times(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }
}
