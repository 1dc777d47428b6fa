package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.LabelSelector;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.NodeGroup;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Partition;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
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
  private final boolean withKubernetes;
  private int serial;

  RandomInventory(long seed) {
    random = new Random(seed);
    withKubernetes = random.nextBoolean();
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
        calls(regions, coverage),
        simulations(roles, coverage),
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
        kubernetes(region, name, coverage));
  }

  private Kubernetes kubernetes(String region, String name, Map<Scope, Coverage> coverage) {
    if (!withKubernetes) {
      return Kubernetes.NOT_READ;
    }
    boolean accounts = read(coverage, Scope.cluster(Kind.SERVICE_ACCOUNTS, region, name));
    boolean pods = read(coverage, Scope.cluster(Kind.PODS, region, name));
    boolean webhooks = read(coverage, Scope.cluster(Kind.WEBHOOKS, region, name));
    boolean rbac = read(coverage, Scope.cluster(Kind.RBAC, region, name));
    return new Kubernetes(
        accounts ? many(this::serviceAccount) : List.of(),
        pods ? many(this::pod) : List.of(),
        webhooks ? many(this::webhook) : List.of(),
        rbac
            ? new Rbac(
                many(
                    () ->
                        new Rbac.Role(
                            maybe(this::text),
                            serial++ + text(),
                            random.nextBoolean(),
                            many(this::rbacRule))),
                many(this::rbacBinding))
            : Rbac.NOT_READ);
  }

  private Rbac.Rule rbacRule() {
    return new Rbac.Rule(many(this::text), List.of(text()), many(this::text), many(this::text));
  }

  private Rbac.Binding rbacBinding() {
    return new Rbac.Binding(
        maybe(this::text),
        serial++ + text(),
        random.nextBoolean(),
        random.nextBoolean(),
        text(),
        many(() -> new Rbac.Holder(text(), maybe(this::text), text())));
  }

  private ServiceAccount serviceAccount() {
    return new ServiceAccount(text(), serial++ + text(), maybe(this::time), tags(), annotations());
  }

  private Map<String, String> annotations() {
    return random.nextBoolean() ? Map.of() : Map.of("eks.amazonaws.com/" + text(), text());
  }

  private Pod pod() {
    String volume = text();
    List<Container> containers = new ArrayList<>();
    if (random.nextBoolean()) {
      containers.add(container(true, volume));
    }
    containers.add(container(false, volume));
    return new Pod(
        text(),
        serial++ + text(),
        "sa" + text(),
        maybe(this::time),
        text(),
        random.nextBoolean(),
        tags(),
        annotations(),
        maybe(this::text),
        maybe(this::text),
        os(),
        maybe(() -> new Pod.Owner(text(), text())),
        containers,
        List.of(
            new Pod.TokenVolume(
                volume,
                text(),
                maybe(() -> "sts" + text()),
                maybe(() -> random.nextLong(1_000_000)))),
        List.of(new Pod.Volume("other", random.nextBoolean() ? "secret" : "")),
        random.nextBoolean(),
        maybe(random::nextBoolean));
  }

  private Pod.Os os() {
    return new Pod.Os(
        maybe(this::text),
        random.nextBoolean() ? Map.of("kubernetes.io/os", text()) : Map.of(),
        random.nextBoolean() ? List.of("windows") : List.of());
  }

  private Container container(boolean init, String volume) {
    return new Container(
        "c" + serial++,
        init,
        List.of(
            new Container.Variable("AWS_ROLE_ARN", new Container.Value.Literal(text())),
            new Container.Variable("AWS_SECRET_ACCESS_KEY", new Container.Value.Withheld()),
            new Container.Variable(
                "AWS_ACCESS_KEY_ID", new Container.Value.FromElsewhere("secretKeyRef"))),
        random.nextBoolean()
            ? List.of(new Container.Source("secretRef", text(), text()))
            : List.of(),
        List.of(
            new Container.Mount(volume, text()),
            new Container.Mount("other", "/root/.aws", "part")));
  }

  private WebhookConfiguration webhook() {
    LabelSelector selector =
        new LabelSelector(
            tags(), many(() -> new LabelSelector.Requirement(text(), text(), many(this::text))));
    return new WebhookConfiguration(
        serial++ + text(),
        many(
            () ->
                new WebhookConfiguration.Webhook(
                    text(),
                    text(),
                    many(
                        () ->
                            new WebhookConfiguration.Rule(
                                many(this::text),
                                many(this::text),
                                many(this::text),
                                many(this::text),
                                text())),
                    selector,
                    LabelSelector.EVERYTHING,
                    many(this::text),
                    maybe(this::text),
                    maybe(() -> "ns/" + text()))));
  }

  private List<AssumeCall> calls(List<String> regions, Map<Scope, Coverage> coverage) {
    List<AssumeCall> calls = new ArrayList<>();
    if (withKubernetes) {
      for (String region : regions) {
        if (read(coverage, Scope.trail(region))) {
          calls.addAll(
              many(
                  () ->
                      new AssumeCall(
                          serial++ + text(),
                          time(),
                          region,
                          maybe(this::text),
                          maybe(this::text),
                          maybe(this::text),
                          maybe(this::text),
                          maybe(this::text),
                          maybe(this::text))));
        }
      }
    }
    return calls;
  }

  /// Of roles that are there; without an answer there is no file that could say Complete.
  private List<Simulation> simulations(List<Role> roles, Map<Scope, Coverage> coverage) {
    List<Simulation> answers =
        roles.stream().flatMap(role -> many(() -> simulation(role)).stream()).toList();
    Coverage read =
        random.nextBoolean()
            ? new Coverage.Complete()
            : new Coverage.Partial(text(), maybe(() -> "iam:SimulatePrincipalPolicy"));
    coverage.put(Scope.account(Kind.SIMULATIONS), answers.isEmpty() ? incomplete() : read);
    return answers;
  }

  private Simulation simulation(Role role) {
    return new Simulation(
        new Simulation.Question(role.arn(), serial++ + text(), text()),
        pick(List.of(Simulation.Decision.values())),
        Set.copyOf(many(this::text)),
        Set.copyOf(many(() -> pick(List.of(Simulation.Limit.values())))));
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
