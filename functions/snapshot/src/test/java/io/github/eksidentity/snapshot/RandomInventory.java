package io.github.eksidentity.snapshot;

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
import io.github.eksidentity.core.facts.Scope.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/// Inventories whose facts agree with their coverage, and whose texts are as odd as texts can be.
final class RandomInventory {
  private static final List<String> DOCUMENTS =
      List.of(
          "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
          "{\n  \"Version\": \"2012-10-17\",\n\n  \"Statement\": [\n  ]\n}",
          "{\r\n\t\"Statement\": []\r\n}",
          "{\n\"a\": 1}",
          "{\"a\": 1, \"a\": 2}",
          "{\"é\": \"☃ 𝄞\"}",
          "",
          " ",
          "null",
          "{",
          "{} ",
          " {}",
          "{}{}",
          "[]",
          "\"{}\"",
          "%7B%7D",
          "100%",
          "a%41+b",
          "%25",
          "\uFEFF{}",
          "{\"lone\": \"\uD800\"}",
          "{".repeat(300),
          "{\"a\":".repeat(300) + "1" + "}".repeat(300));
  private static final List<String> ODD =
      List.of(
          "plain",
          "",
          " ",
          "a/b",
          "../x",
          "ünï",
          "\u0000",
          "\u001b[31m",
          "\"q\"",
          "\\",
          "x\ny",
          "𝄞",
          "%2F",
          "a: b",
          "CON",
          ".hidden",
          "very".repeat(80));

  private final Random random;
  private int serial;

  RandomInventory(long seed) {
    random = new Random(seed);
  }

  Snapshot snapshot() {
    return new Snapshot(inventory(), maybe(this::time));
  }

  private Inventory inventory() {
    Map<Scope, Coverage> coverage = new HashMap<>();
    List<String> regions = List.of("eu-west-1", "us-east-1", "ap-south-2");
    boolean iam = read(coverage, Scope.account(Kind.IAM));
    List<Role> roles = iam ? many(this::role) : List.of();
    Map<String, PolicyDocument> policies = new HashMap<>();
    if (iam) {
      coverage.put(Scope.account(Kind.IAM_POLICIES), new Coverage.Complete());
      for (Role role : roles) {
        role.attachedPolicies().forEach(arn -> policies.put(arn, policy(arn)));
        role.permissionsBoundary().ifPresent(arn -> policies.put(arn, policy(arn)));
      }
      coverage.put(Scope.account(Kind.IAM_USAGE), usage(roles));
    } else {
      coverage.put(Scope.account(Kind.IAM_POLICIES), incomplete());
      coverage.put(Scope.account(Kind.IAM_USAGE), incomplete());
    }
    List<OidcProvider> providers =
        read(coverage, Scope.account(Kind.OIDC)) ? many(this::provider) : List.of();
    coverage.put(Scope.account(Kind.REGIONS), any());
    List<Cluster> clusters = new ArrayList<>();
    for (String region : regions) {
      if (read(coverage, Scope.region(region))) {
        clusters.addAll(many(() -> cluster(region, coverage)));
      }
    }
    return new Inventory(
        new Account("111122223333", pick(List.of(Partition.values()))),
        regions,
        roles,
        providers,
        clusters,
        List.of(),
        policies,
        new Quotas(number(), number()),
        coverage);
  }

  private Coverage usage(List<Role> roles) {
    return roles.stream().noneMatch(role -> role.lastUsed() instanceof LastUsed.NotRead)
        ? any()
        : new Coverage.Partial(text(), Optional.empty());
  }

  private Role role() {
    String name = "role-" + serial++;
    String path = pick(List.of("/", "/apps/", "/aws-service-role/x.amazonaws.com/"));
    return new Role(
        "arn:aws:iam::111122223333:role" + path + name,
        name,
        path,
        random.nextBoolean() ? "" : "AROA" + serial,
        maybe(this::time),
        pick(DOCUMENTS),
        many(() -> policy(text())),
        many(() -> "arn:aws:iam::aws:policy/" + text()),
        many(this::text),
        maybe(() -> "arn:aws:iam::aws:policy/" + text()),
        pick(List.of(new LastUsed.Never(), new LastUsed.NotRead(), new LastUsed.At(time()))),
        tags());
  }

  private PolicyDocument policy(String name) {
    return new PolicyDocument(name, pick(DOCUMENTS));
  }

  private OidcProvider provider() {
    String url = "oidc.example.com/" + serial++ + text();
    String suffix = random.nextInt(4) == 0 ? "elsewhere/" + serial++ : url;
    return new OidcProvider(
        "arn:aws:iam::111122223333:oidc-provider/" + suffix,
        url,
        many(this::text),
        many(this::text),
        maybe(this::time),
        tags());
  }

  private Cluster cluster(String region, Map<Scope, Coverage> coverage) {
    String name = "cluster-" + serial++;
    boolean associations = read(coverage, Scope.cluster(Kind.ASSOCIATIONS, region, name));
    boolean addons = read(coverage, Scope.cluster(Kind.ADDONS, region, name));
    boolean groups = read(coverage, Scope.cluster(Kind.NODE_GROUPS, region, name));
    return new Cluster(
        "arn:aws:eks:" + region + ":111122223333:cluster/" + name,
        name,
        region,
        text(),
        maybe(() -> "oidc.eks." + region + ".amazonaws.com/id/" + serial),
        text(),
        text(),
        random.nextBoolean(),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(this::time),
        many(() -> new HealthIssue(text(), text())),
        tags(),
        associations ? many(this::association) : List.of(),
        addons ? many(this::addon) : List.of(),
        groups ? many(() -> new NodeGroup(serial++ + text(), text(), text())) : List.of(),
        Kubernetes.NOT_READ);
  }

  private Association association() {
    return new Association(
        text(),
        serial++ + text(),
        text(),
        text(),
        text(),
        maybe(this::text),
        maybe(this::text),
        random.nextBoolean(),
        maybe(this::text),
        maybe(this::text),
        tags());
  }

  private Addon addon() {
    return new Addon(
        serial++ + text(),
        text(),
        text(),
        maybe(this::text),
        many(this::text),
        many(() -> new HealthIssue(text(), text())),
        tags());
  }

  /// Chooses how a scope was read, and says whether anything was.
  private boolean read(Map<Scope, Coverage> coverage, Scope scope) {
    Coverage chosen = any();
    coverage.put(scope, chosen);
    return chosen instanceof Coverage.Complete || chosen instanceof Coverage.Partial;
  }

  private Coverage any() {
    return switch (random.nextInt(5)) {
      case 0 -> new Coverage.Partial(text(), maybe(() -> "eks:ListClusters"));
      case 1 -> incomplete();
      default -> new Coverage.Complete();
    };
  }

  private Coverage incomplete() {
    String denied = "AccessDenied: x is not authorized to perform: iam:ListRoles on y";
    String reason = random.nextBoolean() ? text() : denied;
    return random.nextBoolean()
        ? new Coverage.Skipped(reason)
        : new Coverage.Failed(reason, maybe(() -> "iam:ListRoles"));
  }

  private OptionalInt number() {
    return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5000));
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    many(this::text).forEach(key -> tags.put(key, text()));
    return tags;
  }

  private Instant time() {
    return Instant.ofEpochSecond(
        random.nextLong(4_000_000_000L), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
  }

  private String text() {
    return pick(ODD);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.empty() : Optional.of(value.get());
  }

  private <T> List<T> many(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      items.add(item.get());
    }
    return items;
  }
}
