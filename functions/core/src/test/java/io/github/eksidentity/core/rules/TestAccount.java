package io.github.eksidentity.core.rules;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.HealthIssue;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
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
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// An account for tests, built step by step. What is added is healthy unless the test says
/// otherwise: a cluster has its provider and the Pod Identity agent, a role has a permission and
/// was used lately, and every scope was completely read.
public final class TestAccount {
  /// The account's id.
  public static final String ID = "111122223333";

  /// The time of every test audit.
  public static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

  /// The region of clusters that name none.
  public static final String REGION = "eu-west-1";

  private static final PolicyDocument READ_ONE_BUCKET =
      new PolicyDocument(
          "read",
          """
          {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::reports/*"}]}\
          """);

  private final List<String> regions = new ArrayList<>(List.of(REGION, "us-east-1"));
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, OidcProvider> providers = new LinkedHashMap<>();
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();
  private final Map<String, PolicyDocument> policies = new TreeMap<>();
  private final Map<Scope, Coverage> coverage = new TreeMap<>();
  private final Map<String, TestCluster> kubernetes = new LinkedHashMap<>();
  private final List<AssumeCall> calls = new ArrayList<>();
  private boolean trailRead;
  private final List<Simulation> simulations = new ArrayList<>();
  private Quotas quotas = Quotas.NOT_READ;

  private TestAccount() {}

  /// An account with nothing in it but two enabled regions.
  public static TestAccount account() {
    return new TestAccount();
  }

  /// The issuer of the test cluster of this name in eu-west-1, without `https://`.
  public static String issuer(String cluster) {
    return issuer(REGION, cluster);
  }

  /// The issuer of the test cluster of this name, without `https://`.
  public static String issuer(String region, String cluster) {
    return "oidc.eks.%s.amazonaws.com/id/%s".formatted(region, issuerId(region, cluster));
  }

  /// The id in the issuer of the test cluster of this name: 32 hexadecimal digits.
  public static String issuerId(String region, String cluster) {
    return "%08X%08X%08X%08X"
        .formatted(region.hashCode(), cluster.hashCode(), ~region.hashCode(), ~cluster.hashCode());
  }

  /// The ARN of the account's provider for an issuer.
  public static String providerArn(String issuer) {
    return "arn:aws:iam::" + ID + ":oidc-provider/" + issuer;
  }

  /// The ARN of a cluster in eu-west-1.
  public static String clusterArn(String cluster) {
    return clusterArn(REGION, cluster);
  }

  /// The ARN of a cluster.
  public static String clusterArn(String region, String cluster) {
    return "arn:aws:eks:%s:%s:cluster/%s".formatted(region, ID, cluster);
  }

  /// The ARN of a role without path.
  public static String roleArn(String role) {
    return "arn:aws:iam::" + ID + ":role/" + role;
  }

  /// The ARN of an association in eu-west-1; its id is made of namespace and service account.
  public static String associationArn(String cluster, String namespace, String serviceAccount) {
    return "arn:aws:eks:%s:%s:podidentityassociation/%s/%s"
        .formatted(REGION, ID, cluster, associationId(namespace, serviceAccount));
  }

  private static String associationId(String namespace, String serviceAccount) {
    return "a-" + namespace + "-" + serviceAccount;
  }

  /// Adds a cluster in eu-west-1 with its provider and the Pod Identity agent.
  public TestAccount cluster(String name) {
    return cluster(REGION, name);
  }

  /// Adds a cluster with its provider and the Pod Identity agent.
  public TestAccount cluster(String region, String name) {
    String issuer = issuer(region, name);
    provider(issuer);
    return clusterWithoutProvider(region, name, issuer);
  }

  /// Adds a cluster with any issuer, and no provider.
  public TestAccount clusterWithoutProvider(String region, String name, String issuer) {
    clusters.put(
        name,
        new Cluster(
            clusterArn(region, name),
            name,
            region,
            "ACTIVE",
            Optional.of(issuer),
            "1.33",
            "eks.12",
            false,
            Optional.empty(),
            Optional.of(
                "https://" + issuerId(region, name) + ".gr7." + region + ".eks.amazonaws.com"),
            Optional.empty(),
            Optional.of(Instant.parse("2025-03-01T10:00:00Z")),
            List.of(),
            Map.of(),
            List.of(),
            List.of(
                new Addon(
                    Addon.POD_IDENTITY_AGENT,
                    "v1.3.8-eksbuild.2",
                    "ACTIVE",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Map.of())),
            List.of(),
            Kubernetes.NOT_READ));
    return this;
  }

  /// Adds a provider for an issuer with the audience that EKS's webhook uses.
  public TestAccount provider(String issuer) {
    return provider(issuer, "sts.amazonaws.com");
  }

  /// Adds or replaces a provider for an issuer.
  public TestAccount provider(String issuer, String... clientIds) {
    String arn = providerArn(issuer);
    providers.put(
        arn,
        new OidcProvider(
            arn,
            issuer,
            List.of(clientIds),
            List.of("9e99a48a9960b14926bb7f3b02e22da2b0ab7280"),
            Optional.of(Instant.parse("2025-03-01T10:05:00Z")),
            Map.of()));
    return this;
  }

  /// Changes a provider.
  public TestAccount provider(String issuer, UnaryOperator<OidcProvider> change) {
    providers.computeIfPresent(providerArn(issuer), (_, provider) -> change.apply(provider));
    return this;
  }

  /// Removes a provider.
  public TestAccount withoutProvider(String issuer) {
    providers.remove(providerArn(issuer));
    return this;
  }

  /// Adds a role with one harmless permission that was used yesterday.
  public TestAccount role(String name, String trust) {
    return role(name, trust, UnaryOperator.identity());
  }

  /// Adds a role and changes it; [RoleEdits] has the usual changes.
  public TestAccount role(String name, String trust, UnaryOperator<Role> change) {
    Role role =
        new Role(
            roleArn(name),
            name,
            "/",
            "AROA" + "%017X".formatted(name.hashCode() & 0xffffffffL),
            Optional.of(Instant.parse("2025-06-01T00:00:00Z")),
            trust,
            List.of(READ_ONE_BUCKET),
            List.of(),
            List.of(),
            Optional.empty(),
            new LastUsed.At(Instant.parse("2026-11-19T06:00:00Z")),
            Map.of());
    Role changed = change.apply(role);
    roles.put(changed.arn(), changed);
    return this;
  }

  /// Adds the default version of a managed policy.
  public TestAccount managedPolicy(String arn, String document) {
    policies.put(arn, new PolicyDocument(arn, document));
    return this;
  }

  /// Adds what IAM's policy simulator said.
  public TestAccount simulation(Simulation answer) {
    simulations.add(answer);
    return coverage(Scope.account(Scope.Kind.SIMULATIONS), new Coverage.Complete());
  }

  /// Adds an association with session tags on.
  public TestAccount association(
      String cluster, String namespace, String serviceAccount, String roleArn) {
    return association(cluster, namespace, serviceAccount, roleArn, UnaryOperator.identity());
  }

  /// Adds an association and changes it.
  public TestAccount association(
      String cluster,
      String namespace,
      String serviceAccount,
      String roleArn,
      UnaryOperator<Association> change) {
    return onCluster(
        cluster,
        old -> {
          String id = associationId(namespace, serviceAccount);
          Association association =
              change.apply(
                  new Association(
                      "arn:aws:eks:%s:%s:podidentityassociation/%s/%s"
                          .formatted(old.region(), ID, cluster, id),
                      id,
                      namespace,
                      serviceAccount,
                      roleArn,
                      Optional.empty(),
                      Optional.empty(),
                      false,
                      Optional.empty(),
                      Optional.empty(),
                      Map.of()));
          List<Association> all = new ArrayList<>(old.associations());
          all.add(association);
          return ClusterEdits.associations(all).apply(old);
        });
  }

  /// Adds a managed node group.
  public TestAccount nodeGroup(String cluster, String name, String nodeRoleArn) {
    return onCluster(
        cluster,
        old -> {
          List<NodeGroup> all = new ArrayList<>(old.nodeGroups());
          all.add(new NodeGroup(name, nodeRoleArn, "ACTIVE"));
          return ClusterEdits.nodeGroups(all).apply(old);
        });
  }

  /// Reports a health issue of a cluster.
  public TestAccount healthIssue(String cluster, String code, String message) {
    return onCluster(cluster, ClusterEdits.health(List.of(new HealthIssue(code, message))));
  }

  /// Changes a cluster; [ClusterEdits] has the usual changes.
  public TestAccount onCluster(String name, UnaryOperator<Cluster> change) {
    clusters.computeIfPresent(name, (_, cluster) -> change.apply(cluster));
    return this;
  }

  /// Says that the Kubernetes API of a cluster was read. Every other method about a cluster's
  /// objects says so too. The cluster has EKS's webhook configuration.
  public TestAccount kubernetes(String cluster) {
    inCluster(cluster);
    return this;
  }

  /// Adds a service account without annotations.
  public TestAccount serviceAccount(String cluster, String namespace, String name) {
    return serviceAccount(cluster, namespace, name, Map.of());
  }

  /// Adds a service account whose annotation names a role.
  public TestAccount annotated(String cluster, String namespace, String name, String roleArn) {
    return serviceAccount(cluster, namespace, name, Map.of(AwsAnnotations.ROLE_ARN, roleArn));
  }

  /// Adds a service account with these annotations, created in 2025.
  public TestAccount serviceAccount(
      String cluster, String namespace, String name, Map<String, String> annotations) {
    inCluster(cluster)
        .add(
            new ServiceAccount(
                namespace,
                name,
                Optional.of(Instant.parse("2025-06-01T00:00:00Z")),
                Map.of(),
                annotations));
    return this;
  }

  /// Adds a running pod of a Deployment, as EKS's webhook prepares it for the binding that its
  /// service account has in the finished account. It was created two days ago and has one
  /// container, `app`.
  public TestAccount pod(
      String cluster, String namespace, String deployment, String serviceAccount) {
    return pod(cluster, namespace, deployment, serviceAccount, UnaryOperator.identity());
  }

  /// Adds a running pod of a Deployment and changes it after the webhook; [PodEdits] has the usual
  /// changes.
  public TestAccount pod(
      String cluster,
      String namespace,
      String deployment,
      String serviceAccount,
      UnaryOperator<Pod> change) {
    inCluster(cluster).add(namespace, deployment, serviceAccount, UnaryOperator.identity(), change);
    return this;
  }

  /// Adds a running pod of a Deployment whose template differs: the webhook sees it changed.
  public TestAccount podOfTemplate(
      String cluster,
      String namespace,
      String deployment,
      String serviceAccount,
      UnaryOperator<Pod> template) {
    return podOfTemplate(
        cluster, namespace, deployment, serviceAccount, template, UnaryOperator.identity());
  }

  /// Adds a running pod of a Deployment whose template differs, and changes it after the webhook.
  public TestAccount podOfTemplate(
      String cluster,
      String namespace,
      String deployment,
      String serviceAccount,
      UnaryOperator<Pod> template,
      UnaryOperator<Pod> change) {
    inCluster(cluster).add(namespace, deployment, serviceAccount, template, change);
    return this;
  }

  /// Replaces the webhook configurations of a cluster.
  public TestAccount webhooks(String cluster, WebhookConfiguration... configurations) {
    inCluster(cluster).webhooks(List.of(configurations));
    return this;
  }

  /// The webhook configuration that EKS makes.
  public static WebhookConfiguration defaultWebhook() {
    return TestCluster.DEFAULT_WEBHOOK;
  }

  /// Sets the RBAC of a cluster.
  public TestAccount rbac(String cluster, Rbac rbac) {
    inCluster(cluster).rbac(rbac);
    return this;
  }

  private TestCluster inCluster(String name) {
    return kubernetes.computeIfAbsent(name, _ -> new TestCluster());
  }

  /// Says that CloudTrail was read in every region with a cluster.
  public TestAccount trail() {
    trailRead = true;
    return this;
  }

  /// Adds a call that CloudTrail recorded in the region of a cluster, for a service account of it.
  ///
  /// @param errorCode as `AccessDenied`; empty for a call that succeeded
  public TestAccount call(
      String cluster, String subject, String roleArn, Instant time, Optional<String> errorCode) {
    Cluster there = Objects.requireNonNull(clusters.get(cluster), cluster);
    calls.add(
        new AssumeCall(
            "00000000-0000-4000-8000-%012d".formatted(calls.size()),
            time,
            there.region(),
            Optional.of(roleArn),
            there.issuer().map(TestAccount::providerArn),
            Optional.of(subject),
            errorCode.isPresent() ? Optional.empty() : Optional.of("sts.amazonaws.com"),
            errorCode,
            Optional.of("aws-sdk-java/2.42.0")));
    return trail();
  }

  /// Sets the account's limits.
  public TestAccount quotas(Quotas limits) {
    quotas = limits;
    return this;
  }

  /// Enables a further region.
  public TestAccount region(String region) {
    regions.add(region);
    return this;
  }

  /// Says how well a scope was read.
  public TestAccount coverage(Scope scope, Coverage read) {
    coverage.put(scope, read);
    return this;
  }

  /// What was built, completely read but for what the test says.
  public Inventory build() {
    Map<Scope, Coverage> all = new TreeMap<>();
    for (Scope.Kind kind :
        List.of(
            Scope.Kind.IAM,
            Scope.Kind.IAM_POLICIES,
            Scope.Kind.IAM_USAGE,
            Scope.Kind.OIDC,
            Scope.Kind.REGIONS)) {
      all.put(Scope.account(kind), new Coverage.Complete());
    }
    regions.forEach(region -> all.put(Scope.region(region), new Coverage.Complete()));
    for (Cluster cluster : clusters.values()) {
      for (Scope.Kind kind :
          List.of(Scope.Kind.ASSOCIATIONS, Scope.Kind.ADDONS, Scope.Kind.NODE_GROUPS)) {
        all.put(Scope.cluster(kind, cluster.region(), cluster.name()), new Coverage.Complete());
      }
    }
    if (!kubernetes.isEmpty()) {
      for (Cluster cluster : clusters.values()) {
        for (Scope.Kind kind : Scope.Kind.OF_KUBERNETES) {
          all.put(Scope.cluster(kind, cluster.region(), cluster.name()), new Coverage.Complete());
        }
      }
    }
    if (trailRead) {
      clusters
          .values()
          .forEach(cluster -> all.put(Scope.trail(cluster.region()), new Coverage.Complete()));
    }
    all.putAll(coverage);
    Inventory bare = inventory(List.copyOf(clusters.values()), all);
    List<Cluster> read = new ArrayList<>();
    for (Cluster cluster : clusters.values()) {
      TestCluster objects = kubernetes.get(cluster.name());
      read.add(objects == null ? cluster : objects.in(bare, cluster));
    }
    return inventory(read, all);
  }

  private Inventory inventory(List<Cluster> read, Map<Scope, Coverage> all) {
    return new Inventory(
        new Account(ID, Partition.AWS),
        regions,
        List.copyOf(roles.values()),
        List.copyOf(providers.values()),
        read,
        calls,
        simulations,
        policies,
        quotas,
        all);
  }
}
