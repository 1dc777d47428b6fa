package io.github.eksidentity.snapshot;

import static io.github.eksidentity.snapshot.Samples.CLUSTER;
import static io.github.eksidentity.snapshot.Samples.ISSUER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.facts.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {
  private static final Scope IAM = Scope.account(Kind.IAM);
  private static final Scope IAM_POLICIES = Scope.account(Kind.IAM_POLICIES);
  private static final Scope IAM_USAGE = Scope.account(Kind.IAM_USAGE);
  private static final Scope OIDC = Scope.account(Kind.OIDC);
  private static final Scope REGIONS = Scope.account(Kind.REGIONS);
  private static final Scope EKS = Scope.region("eu-west-1");
  private static final Scope ADDONS = Scope.cluster(Kind.ADDONS, "eu-west-1", "prod");
  private static final Scope ASSOCIATIONS = Scope.cluster(Kind.ASSOCIATIONS, "eu-west-1", "prod");
  private static final Coverage SKIPPED = new Coverage.Skipped("not in the snapshot");
  private static final String ROLES = "authorization-details.json";

  @Test
  void readsEveryPartOfACompleteSnapshot() {
    Snapshot snapshot = Samples.complete().read();
    Inventory inventory = snapshot.inventory();
    assertEquals(Optional.of(Instant.parse("2026-11-20T06:00:00Z")), snapshot.takenAt());
    assertEquals(new Account("111122223333", Partition.AWS), inventory.account());
    assertEquals(List.of("eu-west-1"), inventory.regions());
    assertEquals(2048, inventory.quotas().trustPolicySize().orElseThrow());
    assertEquals(
        Map.of(
            "arn:aws:iam::111122223333:policy/Read",
            new PolicyDocument("arn:aws:iam::111122223333:policy/Read", "{\"new\": 1}")),
        inventory.managedPolicies());
    assertEquals(10, inventory.coverage().size());
    assertEquals(
        List.of(
            new Simulation(
                new Simulation.Question(
                    inventory.roles().getFirst().arn(), "s3:GetObject", "arn:aws:s3:::ledger/*"),
                Simulation.Decision.IMPLICIT_DENY,
                Set.of("aws:SourceVpce"),
                Set.of(Simulation.Limit.ORGANIZATION))),
        inventory.simulations());
    assertTrue(inventory.coverage().values().stream().allMatch(Coverage::isComplete));
  }

  @Test
  void readsARole() {
    assertEquals(
        List.of(
            new Role(
                "arn:aws:iam::111122223333:role/apps/payments",
                "payments",
                "/apps/",
                "AROAEXAMPLEPAYMENTS",
                Optional.of(Instant.parse("2025-02-01T10:00:00Z")),
                "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}",
                List.of(new PolicyDocument("queue", "{\"Statement\": []}")),
                List.of("arn:aws:iam::111122223333:policy/Read"),
                List.of("payments-profile"),
                Optional.of("arn:aws:iam::111122223333:policy/Read"),
                new LastUsed.At(Instant.parse("2026-11-19T22:00:00Z")),
                Map.of("team", "payments"))),
        Samples.complete().read().inventory().roles());
  }

  @Test
  void readsAProvider() {
    assertEquals(
        List.of(
            new OidcProvider(
                "arn:aws:iam::111122223333:oidc-provider/" + ISSUER,
                ISSUER,
                List.of("sts.amazonaws.com"),
                List.of("9e99a48a"),
                Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
                Map.of("made-by", "terraform"))),
        Samples.complete().read().inventory().providers());
  }

  @Test
  void readsACluster() {
    assertEquals(
        List.of(
            new Cluster(
                "arn:aws:eks:eu-west-1:111122223333:cluster/prod",
                "prod",
                "eu-west-1",
                "ACTIVE",
                Optional.of(ISSUER),
                "1.33",
                "eks.12",
                true,
                Optional.of("arn:aws:iam::111122223333:role/auto"),
                Optional.of("https://ABC.gr7.eu-west-1.eks.amazonaws.com"),
                Optional.of("TUlJ"),
                Optional.of(Instant.parse("2025-01-01T00:00:00.25Z")),
                List.of(new HealthIssue("StsRegionalEndpointDisabled", "off")),
                Map.of("team", "platform"),
                List.of(
                    new Association(
                        "arn:a",
                        "a-1",
                        "ledger",
                        "ledger",
                        "arn:aws:iam::111122223333:role/ledger",
                        Optional.of("arn:aws:iam::444455556666:role/target"),
                        Optional.of("x-1"),
                        true,
                        Optional.of("{}"),
                        Optional.of("arn:o"),
                        Map.of())),
                List.of(
                    new Addon(
                        "vpc-cni",
                        "v1.20.0-eksbuild.1",
                        "DEGRADED",
                        Optional.of("arn:aws:iam::111122223333:role/cni"),
                        List.of("arn:a"),
                        List.of(new HealthIssue("AccessDenied", "no")),
                        Map.of("k", "v"))),
                List.of(new NodeGroup("general", "arn:aws:iam::111122223333:role/nodes", "ACTIVE")),
                Kubernetes.NOT_READ)),
        Samples.complete().read().inventory().clusters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"{\\\"Statement\\\": [ ]}\"",
        "\"%7B%22Statement%22%3A%20%5B%20%5D%7D\"",
        "{\"Statement\": [ ]}"
      })
  void acceptsADocumentInEveryFormThatAwsAndItsToolsPrint(String form) {
    Samples samples =
        Samples.complete()
            .with(
                ROLES,
                "{\"RoleDetailList\":[{\"RoleName\":\"a\",\"Arn\":\"arn:aws:iam::1:role/a\","
                    + "\"AssumeRolePolicyDocument\":"
                    + form
                    + "}]}");
    assertEquals("{\"Statement\": [ ]}", trust(samples));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"{not json\"",
        "\"\"",
        "\"%zz\"",
        "\"%FF%FE\"",
        "{\"Statement\": [], \"Statement\": []}",
        "[]"
      })
  void keepsADocumentThatIsNoPolicyAsText(String form) {
    Samples samples =
        Samples.complete()
            .with(
                ROLES,
                "{\"RoleDetailList\":[{\"RoleName\":\"a\",\"Arn\":\"arn:aws:iam::1:role/a\","
                    + "\"AssumeRolePolicyDocument\":"
                    + form
                    + "}]}");
    String text = form.startsWith("\"") ? form.substring(1, form.length() - 1) : form;
    assertEquals(text, trust(samples));
  }

  @Test
  void understandsWhatWindowsPowerShellRedirects() {
    String account =
        new String(Samples.complete().files().get("account.json"), StandardCharsets.UTF_8);
    Samples samples =
        Samples.complete()
            .with("account.json", ("\uFEFF" + account).getBytes(StandardCharsets.UTF_16LE));
    assertEquals("111122223333", samples.read().inventory().account().id());
  }

  @Test
  void aFileThatIsMissingWasNotRead() {
    Samples samples = Samples.complete();
    samples.files().keySet().retainAll(List.of("account.json"));
    Inventory inventory = samples.read().inventory();
    assertEquals(SKIPPED, inventory.coverageOf(IAM));
    assertEquals(SKIPPED, inventory.coverageOf(IAM_POLICIES));
    assertEquals(SKIPPED, inventory.coverageOf(IAM_USAGE));
    assertEquals(SKIPPED, inventory.coverageOf(OIDC));
    assertEquals(SKIPPED, inventory.coverageOf(REGIONS));
    assertEquals(Optional.empty(), samples.read().takenAt());
  }

  @Test
  void anEnabledRegionWithoutItsFileWasNotRead() {
    Inventory inventory =
        Samples.complete().replace("regions.json", "DISABLED", "ENABLED").read().inventory();
    assertEquals(List.of("af-south-1", "eu-west-1"), inventory.regions());
    assertEquals(SKIPPED, inventory.coverageOf(Scope.region("af-south-1")));
    assertTrue(inventory.coverageOf(EKS).isComplete());
  }

  @Test
  void withoutAListTheRegionsAreThoseWithAFolder() {
    Inventory inventory =
        Samples.complete()
            .without("regions.json")
            .with("regions/us-east-1/note.txt", "")
            .read()
            .inventory();
    assertEquals(List.of("eu-west-1", "us-east-1"), inventory.regions());
    assertTrue(inventory.coverageOf(REGIONS).isComplete());
    assertEquals(SKIPPED, inventory.coverageOf(Scope.region("us-east-1")));
  }

  @Test
  void aMemberOfAListWithoutItsFileMakesTheScopePartial() {
    assertPartial(EKS, "cluster.json");
    assertPartial(ADDONS, "addons/vpc-cni.json");
    assertPartial(ASSOCIATIONS, "pod-identity-associations/a-1.json");
    assertPartial(Scope.cluster(Kind.NODE_GROUPS, "eu-west-1", "prod"), "nodegroups/general.json");
    Coverage oidc =
        Samples.complete()
            .without("open-id-connect-providers/prod.json")
            .read()
            .inventory()
            .coverageOf(OIDC);
    assertEquals(
        "no file in open-id-connect-providers/ describes arn:aws:iam::111122223333:oidc-provider/"
            + ISSUER,
        oidc.reason());
    assertEquals("partial", oidc.status());
  }

  private static void assertPartial(Scope scope, String file) {
    assertEquals(
        new Coverage.Partial(CLUSTER + file + " is not in the snapshot", Optional.empty()),
        Samples.complete().without(CLUSTER + file).read().inventory().coverageOf(scope));
  }

  @Test
  void anAnswerWithFurtherPagesIsPartial() {
    Inventory inventory =
        Samples.complete()
            .replace(ROLES, "\"UserDetailList\"", "\"IsTruncated\": true, \"UserDetailList\"")
            .replace("regions/eu-west-1/clusters.json", "]}", "], \"nextToken\": \"x\"}")
            .replace("regions.json", "]}", "], \"NextToken\": \"x\"}")
            .read()
            .inventory();
    assertEquals("partial", inventory.coverageOf(IAM).status());
    assertEquals("partial", inventory.coverageOf(EKS).status());
    assertEquals("partial", inventory.coverageOf(REGIONS).status());
  }

  @Test
  void aHostileClusterNameNeverLeavesItsFolder() {
    Inventory inventory =
        Samples.complete()
            .with("regions/eu-west-1/clusters.json", "{\"clusters\": [\"../../../account\"]}")
            .without(CLUSTER + "cluster.json")
            .read()
            .inventory();
    assertEquals(
        "regions/eu-west-1/clusters/%2E%2E%2F%2E%2E%2F%2E%2E%2Faccount/cluster.json is not in the"
            + " snapshot",
        inventory.coverageOf(EKS).reason());
  }

  @Test
  void lastUsedDistinguishesNeverFromNotRead() {
    Samples never = replaceUsage("\"RoleLastUsed\": {}");
    assertEquals(new LastUsed.Never(), role(never).lastUsed());
    assertTrue(never.read().inventory().coverageOf(IAM_USAGE).isComplete());
    Samples notRead = replaceUsage("\"Other\": 1");
    assertEquals(new LastUsed.NotRead(), role(notRead).lastUsed());
    assertEquals("skipped", notRead.read().inventory().coverageOf(IAM_USAGE).status());
    Samples one =
        Samples.complete()
            .replace(
                ROLES,
                "\"RoleDetailList\": [",
                "\"RoleDetailList\": [{\"RoleName\":\"b\",\"Arn\":\"arn:aws:iam::1:role/x/b\","
                    + "\"AssumeRolePolicyDocument\":\"\"},");
    assertEquals("partial", one.read().inventory().coverageOf(IAM_USAGE).status());
    // Which role has inline policies that are not there is not known, so none counts as known.
    assertEquals("failed", one.read().inventory().coverageOf(IAM_POLICIES).status());
    assertEquals("/x/", one.read().inventory().roles().getFirst().path());
  }

  private static Samples replaceUsage(String replacement) {
    return Samples.complete()
        .replace(
            ROLES,
            "\"RoleLastUsed\": {\"LastUsedDate\": \"2026-11-19T22:00:00Z\", \"Region\":"
                + " \"eu-west-1\"}",
            replacement);
  }

  @Test
  void managedPoliciesThatAreNotThereAreNotKnown() {
    Coverage without =
        Samples.complete()
            .replace(ROLES, "\"Policies\"", "\"Other\"")
            .read()
            .inventory()
            .coverageOf(IAM_POLICIES);
    assertEquals(
        "authorization-details.json has no Policies: what managed policies allow is not known",
        without.reason());
    Coverage other =
        Samples.complete()
            .replace(
                ROLES,
                "\"PolicyArn\": \"arn:aws:iam::111122223333:policy/Read\"",
                "\"PolicyArn\": \"arn:aws:iam::aws:policy/Write\"")
            .read()
            .inventory()
            .coverageOf(IAM_POLICIES);
    assertEquals(
        "authorization-details.json lacks the policy arn:aws:iam::aws:policy/Write",
        other.reason());
  }

  @Test
  void providersMayBeGivenWithoutAList() {
    Inventory inventory =
        Samples.complete().without("open-id-connect-providers.json").read().inventory();
    assertEquals(
        "arn:aws:iam::111122223333:oidc-provider/" + ISSUER,
        inventory.providers().getFirst().arn());
    assertEquals("partial", inventory.coverageOf(OIDC).status());
  }

  private static String trust(Samples samples) {
    return role(samples).trustDocument();
  }

  private static Role role(Samples samples) {
    return samples.read().inventory().roles().getFirst();
  }
}
