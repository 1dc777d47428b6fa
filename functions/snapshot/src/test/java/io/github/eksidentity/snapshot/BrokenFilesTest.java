package io.github.eksidentity.snapshot;

import static io.github.eksidentity.snapshot.Samples.CLUSTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenFilesTest {
  private static final String CLUSTER_FILE = CLUSTER + "cluster.json";
  private static final String ROLES = "authorization-details.json";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "status": "ACTIVE"|"status": []|line 9: "status" should be a string, not a list
          "status": "ACTIVE"|"status": 7|line 9: "status" should be a string, not the number 7
          "status": "ACTIVE",||line 2: "status" is missing
          "status": "ACTIVE"|"status": null|line 9: "status" should be a string, not null
          "name": "prod"|"name": "dev"|line 3: "name" should be "prod" here, not "dev"
          1735689600.25|"yesterday"|line 5: "createdAt" should be a time as 2026-01-31T12:00:00Z, not "yesterday"
          1735689600.25|1e999999999|line 5: "createdAt" should be a time as 2026-01-31T12:00:00Z, not the number 1e999999999
          1735689600.25|99999999999999999999|line 5: "createdAt" should be a time as 2026-01-31T12:00:00Z, not the number 99999999999999999999
          {"team": "platform"}|{"team": 1}|line 12: "team" should be a string, not the number 1
          {"team": "platform"}|"x"|line 12: "tags" should be an object, not "x"
          "enabled": true|"enabled": "yes"|line 13: "enabled" should be true or false, not "yes"
          [{"code": "StsRegionalEndpointDisabled", "message": "off"}]|[1]|line 14: every item of "issues" should be an object, not the number 1
          "version": "1.33",|"version": "1.33", "version": "1.33",|line 6: "version" stands twice in one object
          """)
  void aValueOfTheWrongShapeIsNamedByFileLineAndMember(
      String old, @org.jspecify.annotations.Nullable String replacement, String message) {
    Samples samples =
        Samples.complete().replace(CLUSTER_FILE, old, replacement == null ? "" : replacement);
    assertEquals(CLUSTER_FILE + ", " + message, error(samples));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          regions/eu-west-1/clusters.json|{"clusters": "prod"}|, line 1: "clusters" should be a list, not "prod"
          regions/eu-west-1/clusters.json|{"clusters": [1]}|, line 1: every item of "clusters" should be a string, not the number 1
          regions/eu-west-1/clusters.json|{"cluster": []}|, line 1: "clusters" is missing
          regions/eu-west-1/clusters.json|[]|, line 1: the file should be an object, not a list
          authorization-details.json|{"RoleDetailList": {}}|, line 1: "RoleDetailList" should be a list, not an object
          authorization-details.json|{"RoleDetailList": [7]}|, line 1: every item of "RoleDetailList" should be an object, not the number 7
          authorization-details.json|{"RoleDetailList": [{"RoleName":"a","Arn":"x"}]}|, line 1: "AssumeRolePolicyDocument" is missing
          authorization-details.json|{"RoleDetailList": [{"RoleName":"a","Arn":"x","AssumeRolePolicyDocument":5}]}|, line 1: "AssumeRolePolicyDocument" should be a policy document (an object or a string), not the number 5
          account-summary.json|{"SummaryMap": {"AssumeRolePolicySizeQuota": 1e400}}|, line 1: "AssumeRolePolicySizeQuota" should be a whole number of at most 2147483647, not the number 1e400
          account.json|{"Account": "1", "Arn": "arn:aws:iam::1:root"}|, line 1: "Account" should be twelve digits, not "1"
          account.json|{"Account": "111122223333", "Arn": "arn:moon:iam::1:root"}|, line 1: "Arn" should be an ARN of a known partition, not "arn:moon:iam::1:root"
          taken-at.txt|noon|: should be a time as 2026-01-31T12:00:00Z, not "noon"
          errors.json|{}|, line 1: the file should hold a list, not an object
          errors.json|[{"scope": "moon"}]|, line 1: "scope" should be iam, simulations, oidc, regions, eks/<region>, trail/<region>, or associations, addons, nodegroups, kubernetes, serviceaccounts, pods, webhooks or rbac with /<region>/<cluster>, not "moon"
          errors.json|[{"scope": "eks"}]|, line 1: "scope" should be iam, simulations, oidc, regions, eks/<region>, trail/<region>, or associations, addons, nodegroups, kubernetes, serviceaccounts, pods, webhooks or rbac with /<region>/<cluster>, not "eks"
          simulations/payments.json|{}|, line 1: "EvaluationResults" is missing
          simulations/payments.json|{"EvaluationResults": [{"EvalActionName": "a:b", "EvalDecision": "perhaps"}]}|, line 1: "EvalDecision" should be allowed, explicitDeny or implicitDeny, not "perhaps"
          open-id-connect-providers/prod.json|{"Url": "other"}|, line 1: "other" is not what an ARN in open-id-connect-providers.json ends in
          """)
  void eachFileSaysWhatItExpects(String file, String text, String message) {
    assertEquals(file + message, error(Samples.complete().with(file, text)));
  }

  static List<String> everyFile() {
    return Samples.complete().files().keySet().stream()
        .filter(name -> name.endsWith(".json"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("everyFile")
  void whateverIsInAFileIsOneSentenceThatNamesIt(String file) {
    for (byte[] bytes : hostile()) {
      Samples samples = Samples.complete().with(file, bytes);
      String sentence = error(samples);
      assertTrue(sentence.startsWith(file), sentence);
      assertEquals(1, sentence.lines().count(), sentence);
      assertTrue(sentence.length() < 400, sentence);
      assertFalse(sentence.contains("jackson") || sentence.contains("[Source"), sentence);
      assertTrue(sentence.chars().noneMatch(Character::isISOControl), sentence);
    }
  }

  @ParameterizedTest
  @MethodSource("everyFile")
  void aFileThatIsCutAnywhereIsOneSentenceThatNamesIt(String file) {
    byte[] whole = Samples.complete().files().get(file);
    int end = new String(whole, StandardCharsets.UTF_8).stripTrailing().length();
    for (int length = 0; length < end; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      String sentence = error(Samples.complete().with(file, cut));
      assertTrue(
          sentence.endsWith("the file ends before its JSON does: it was not written to its end")
              || sentence.endsWith("the file is empty"),
          sentence);
    }
  }

  private static List<byte[]> hostile() {
    return List.of(
        new byte[0],
        bytes("  \n"),
        bytes("<html>denied</html>"),
        bytes("[".repeat(100_000)),
        bytes("{\"a\":".repeat(100_000)),
        bytes("{\"x\": " + "9".repeat(100_000) + "}"),
        bytes("{\"x\": 1} {\"y\": 2}"),
        bytes("{\"x\": 1, \"x\": 2}"),
        bytes("{\"\u001b[31mx\": }"),
        bytes("{\"\\u001b[31mx\": 1, \"\\u001b[31mx\": 1}"),
        bytes("null"),
        bytes("\"text\""),
        bytes("{}"),
        new byte[] {'{', '"', (byte) 0xC3, '"', '}'},
        new byte[] {(byte) 0xFF, (byte) 0xFE, '{'},
        new byte[] {0, 1, 2, 3});
  }

  @Test
  void toleratedErrorsFailOnlyTheirScope() {
    Inventory inventory =
        Samples.complete()
            .with(ROLES, "{\"RoleDetailList\": [")
            .with("regions.json", "")
            .with(CLUSTER + "addons.json", "[]")
            .with(CLUSTER + "pod-identity-associations/a-1.json", "{}")
            .readTolerant()
            .inventory();
    String truncated =
        ROLES
            + ", line 1, column 21: the file ends before its JSON does: it was not written to its"
            + " end";
    assertEquals(failed(truncated), inventory.coverageOf(Scope.account(Kind.IAM)));
    assertEquals(failed(truncated), inventory.coverageOf(Scope.account(Kind.IAM_POLICIES)));
    assertEquals(failed(truncated), inventory.coverageOf(Scope.account(Kind.IAM_USAGE)));
    assertEquals(
        failed("regions.json: the file is empty"),
        inventory.coverageOf(Scope.account(Kind.REGIONS)));
    assertEquals(
        failed(CLUSTER + "addons.json, line 1: the file should be an object, not a list"),
        inventory.coverageOf(Scope.cluster(Kind.ADDONS, "eu-west-1", "prod")));
    assertEquals(
        new Coverage.Partial(
            CLUSTER + "pod-identity-associations/a-1.json, line 1: \"association\" is missing",
            java.util.Optional.empty()),
        inventory.coverageOf(Scope.cluster(Kind.ASSOCIATIONS, "eu-west-1", "prod")));
    assertEquals(1, inventory.clusters().size());
    assertEquals(List.of(), inventory.roles());
  }

  @Test
  void aBrokenClusterLeavesTheRestOfItsRegion() {
    Inventory inventory = Samples.complete().with(CLUSTER_FILE, "{").readTolerant().inventory();
    assertEquals("partial", inventory.coverageOf(Scope.region("eu-west-1")).status());
    assertEquals(Map.of(), Map.copyOf(clusterScopes(inventory)));
  }

  private static Map<Scope, Coverage> clusterScopes(Inventory inventory) {
    return inventory.coverage().entrySet().stream()
        .filter(entry -> entry.getKey().cluster().isPresent())
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void withoutTheAccountNothingCanBeAudited() {
    assertEquals(
        "account.json: not in the snapshot; it holds the answer of aws sts get-caller-identity",
        error(Samples.complete().without("account.json")));
    Samples broken = Samples.complete().with("account.json", "{");
    assertThrows(SnapshotException.class, broken::readTolerant);
  }

  private static Coverage failed(String reason) {
    return new Coverage.Failed(reason, java.util.Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String error(Samples samples) {
    return assertThrows(SnapshotException.class, samples::read).sentence();
  }
}
