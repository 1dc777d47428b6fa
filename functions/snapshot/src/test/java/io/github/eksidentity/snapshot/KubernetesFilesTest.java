package io.github.eksidentity.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Container;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.facts.WebhookConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What kubectl and `aws cloudtrail` print, and what is not that.
final class KubernetesFilesTest {
  private static final String ACCOUNTS = Samples.CLUSTER + "serviceaccounts.json";
  private static final String PODS = Samples.CLUSTER + "pods.json";
  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": [
       {"apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "ledger-7d9f8c6b5-abcde", "namespace": "payments",
          "creationTimestamp": "2026-11-18T06:00:00Z", "uid": "0", "generateName": "ledger-",
          "labels": {"app": "ledger", "pod-template-hash": "7d9f8c6b5"},
          "annotations": {"checksum/config": "x", "eks.amazonaws.com/skip-containers": "istio"},
          "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet",
            "name": "ledger-7d9f8c6b5", "controller": true, "uid": "1"}]},
        "spec": {"serviceAccountName": "ledger", "nodeName": "ip-10-0-0-1",
          "schedulerName": "default-scheduler", "nodeSelector": {"kubernetes.io/os": "windows"},
          "initContainers": [{"name": "setup", "image": "busybox"}],
          "containers": [{"name": "app", "image": "ledger:1",
            "envFrom": [{"secretRef": {"name": "all"}}],
            "env": [{"name": "DATABASE_PASSWORD", "value": "hunter2"},
                    {"name": "AWS_SECRET_ACCESS_KEY", "value": "s3cr3t"},
                    {"name": "AWS_ACCESS_KEY_ID",
                     "valueFrom": {"secretKeyRef": {"name": "k", "key": "id"}}},
                    {"name": "AWS_REGION"},
                    {"name": "HTTPS_PROXY", "value": "http://user:hunter2@proxy"},
                    {"name": "AWS_ROLE_ARN", "value": "arn:aws:iam::111122223333:role/ledger"}],
            "volumeMounts": [{"name": "data", "mountPath": "/data"},
                             {"name": "aws-iam-token", "readOnly": true,
                              "mountPath": "/var/run/secrets/eks.amazonaws.com/serviceaccount"}]}],
          "volumes": [{"name": "data", "emptyDir": {}},
            {"name": "aws-iam-token", "projected": {"defaultMode": 420, "sources": [
              {"serviceAccountToken": {"audience": "sts.amazonaws.com",
                "expirationSeconds": 86400, "path": "token"}}]}}]},
        "status": {"phase": "Running", "podIP": "10.0.0.9"}}]}
      """;

  @Test
  void readsAPodAndKeepsNothingElseOfIt() {
    Samples samples = Samples.complete().with(PODS, POD);
    Pod pod = kubernetes(samples).pods().getFirst();
    assertEquals(
        new Pod(
            "payments",
            "ledger-7d9f8c6b5-abcde",
            "ledger",
            Optional.of(Instant.parse("2026-11-18T06:00:00Z")),
            "Running",
            false,
            Map.of("app", "ledger", "pod-template-hash", "7d9f8c6b5"),
            Map.of("eks.amazonaws.com/skip-containers", "istio"),
            Optional.of("ip-10-0-0-1"),
            Optional.of("default-scheduler"),
            new Pod.Os(Optional.empty(), Map.of("kubernetes.io/os", "windows"), List.of()),
            Optional.of(new Pod.Owner("ReplicaSet", "ledger-7d9f8c6b5")),
            List.of(
                new Container("setup", true, List.of(), List.of(), List.of()),
                new Container(
                    "app",
                    false,
                    List.of(
                        new Container.Variable(
                            "AWS_SECRET_ACCESS_KEY", new Container.Value.Withheld()),
                        new Container.Variable(
                            "AWS_ACCESS_KEY_ID", new Container.Value.FromElsewhere("secretKeyRef")),
                        new Container.Variable("AWS_REGION", new Container.Value.Literal("")),
                        new Container.Variable("HTTPS_PROXY", new Container.Value.Withheld()),
                        new Container.Variable(
                            "AWS_ROLE_ARN",
                            new Container.Value.Literal("arn:aws:iam::111122223333:role/ledger"))),
                    List.of(new Container.Source("secretRef", "all", "")),
                    List.of(
                        new Container.Mount("data", "/data"),
                        new Container.Mount(
                            "aws-iam-token",
                            "/var/run/secrets/eks.amazonaws.com/serviceaccount")))),
            List.of(
                new Pod.TokenVolume(
                    "aws-iam-token",
                    "token",
                    Optional.of("sts.amazonaws.com"),
                    Optional.of(86400L))),
            List.of(new Pod.Volume("data", "emptyDir")),
            false,
            Optional.empty()),
        pod);
    String written =
        new String(
            SnapshotWriter.files(samples.read()).getOrDefault(PODS, new byte[0]),
            StandardCharsets.UTF_8);
    assertTrue(written.contains("AWS_SECRET_ACCESS_KEY"));
    assertFalse(written.contains("s3cr3t"));
    assertFalse(written.contains("hunter2"));
  }

  @Test
  void readsServiceAccountsAndMarksTheOtherPartsAsSkipped() {
    Samples samples =
        Samples.complete()
            .with(
                ACCOUNTS,
                """
                {"kind": "ServiceAccountList", "items": [{"metadata": {"name": "ledger",
                  "namespace": "payments", "annotations": {
                    "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/ledger",
                    "kubectl.kubernetes.io/last-applied-configuration": "{}"}}}]}
                """);
    assertEquals(
        List.of(
            new ServiceAccount(
                "payments",
                "ledger",
                Optional.empty(),
                Map.of(),
                Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/ledger"))),
        kubernetes(samples).serviceAccounts());
    assertEquals(new Coverage.Complete(), coverage(samples, Kind.SERVICE_ACCOUNTS));
    assertEquals(new Coverage.Skipped("not in the snapshot"), coverage(samples, Kind.PODS));
  }

  @Test
  void aSnapshotWithoutAnyKubernetesFileDoesNotMentionIt() {
    assertTrue(
        Samples.complete().read().inventory().coverage().keySet().stream()
            .noneMatch(scope -> scope.kind().onRequest()));
  }

  @Test
  void readsWebhooksAndMixedRbac() {
    Kubernetes read =
        kubernetes(
            Samples.complete()
                .with(
                    Samples.CLUSTER + "mutatingwebhookconfigurations.json",
                    """
                    {"items": [{"metadata": {"name": "pod-identity-webhook"}, "webhooks": [
                      {"name": "iam-for-pods.amazonaws.com", "failurePolicy": "Ignore",
                       "clientConfig": {"service": {"namespace": "kube-system", "name": "w"}},
                       "matchConditions": [{"name": "a", "expression": "true"}],
                       "namespaceSelector": {"matchLabels": {"irsa": "on"}},
                       "objectSelector": {"matchExpressions": [{"key": "skip",
                         "operator": "DoesNotExist"}]},
                       "rules": [{"apiGroups": [""], "apiVersions": ["v1"],
                         "operations": ["CREATE"], "resources": ["pods"]}]}]}]}
                    """)
                .with(
                    Samples.CLUSTER + "rbac.json",
                    """
                    {"items": [
                      {"kind": "ClusterRole", "metadata": {"name": "admin",
                        "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}},
                       "rules": [{"nonResourceURLs": ["/healthz"], "verbs": ["get"]},
                                 {"apiGroups": [""], "resources": ["serviceaccounts/token"],
                                  "verbs": ["create"], "resourceNames": ["a"]}]},
                      {"kind": "RoleBinding", "metadata": {"name": "b", "namespace": "ns"},
                       "roleRef": {"kind": "ClusterRole", "name": "admin"},
                       "subjects": [{"kind": "ServiceAccount", "name": "x", "namespace": "ns"}]}]}
                    """));
    WebhookConfiguration.Webhook webhook = read.webhooks().getFirst().webhooks().getFirst();
    assertEquals(Optional.of("kube-system/w"), webhook.service());
    assertEquals(List.of("true"), webhook.conditions());
    assertTrue(webhook.objectSelector().matches(Map.of()));
    assertFalse(webhook.objectSelector().matches(Map.of("skip", "true")));
    assertFalse(webhook.namespaceSelector().matches(Map.of("irsa", "off")));
    assertEquals(
        new Rbac(
            List.of(
                new Rbac.Role(
                    Optional.empty(),
                    "admin",
                    true,
                    List.of(
                        new Rbac.Rule(
                            List.of(""),
                            List.of("serviceaccounts/token"),
                            List.of("create"),
                            List.of("a"))))),
            List.of(
                new Rbac.Binding(
                    Optional.of("ns"),
                    "b",
                    false,
                    true,
                    "admin",
                    List.of(new Rbac.Holder("ServiceAccount", Optional.of("ns"), "x"))))),
        read.rbac());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"items\": {}}",
        "{\"items\": [1]}",
        "{\"items\": [{}]}",
        "{\"items\": [{\"metadata\": {\"name\": \"x\"}}]}",
        "{\"items\": [{\"metadata\": {\"name\": 1, \"namespace\": \"n\"}}]}",
        "{\"items\": [{\"metadata\": {\"name\": \"x\", \"namespace\": \"n\","
            + " \"annotations\": [1]}}]}",
        "{\"items\": [], \"items\": []}",
        "{\"items\": []} {}",
        "{\"items\": [{\"metadata\": {\"name\": \"x\", \"namespace\": \"n\"}}",
        "{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": 403}"
      })
  void whatIsNoListFailsItsScopeAndLeavesNothingBehind(String text) {
    Samples samples = Samples.complete().with(ACCOUNTS, text);
    SnapshotException error = assertThrows(SnapshotException.class, samples::read);
    assertTrue(error.sentence().startsWith(ACCOUNTS + ", line "), error.sentence());
    Inventory tolerated = SnapshotReader.read(SnapshotFiles.of(samples.files()), true).inventory();
    assertInstanceOf(
        Coverage.Failed.class,
        tolerated.coverageOf(Scope.cluster(Kind.SERVICE_ACCOUNTS, "eu-west-1", "prod")));
    assertTrue(tolerated.clusters().getFirst().kubernetes().serviceAccounts().isEmpty());
  }

  @Test
  void deepNestingIsRefusedAndNotFollowed() {
    String deep = "{\"items\": [{\"metadata\": " + "{\"a\":".repeat(5000);
    assertThrows(SnapshotException.class, () -> Samples.complete().with(PODS, deep).read());
  }

  @Test
  void aPageThatSaysThatMoreFollowsIsPartial() {
    Samples samples =
        Samples.complete().with(PODS, "{\"metadata\": {\"continue\": \"abc\"}, \"items\": null}");
    assertInstanceOf(Coverage.Partial.class, coverage(samples, Kind.PODS));
  }

  @Test
  void errorsOfKubernetesStandForAllOfItsParts() {
    Samples samples =
        Samples.complete()
            .with(
                "errors.json",
                """
                [{"scope": "kubernetes/eu-west-1/prod", "error": "Unauthorized", "message": "no"}]
                """);
    for (Kind kind : Kind.OF_KUBERNETES) {
      assertEquals(
          new Coverage.Failed("Unauthorized: no", Optional.empty()), coverage(samples, kind));
    }
  }

  @Test
  void readsCallsThatCloudTrailRecorded() {
    String denied =
        """
        {"eventVersion": "1.08", "eventID": "e-1", "eventName": "AssumeRoleWithWebIdentity",
         "eventTime": "2026-11-19T10:00:00Z", "awsRegion": "eu-west-1",
         "userIdentity": {"type": "WebIdentityUser", "userName":
           "system:serviceaccount:payments:ledger", "identityProvider": "arn:p"},
         "errorCode": "AccessDenied", "errorMessage": "An unknown error occurred",
         "requestParameters": null, "responseElements": null, "userAgent": "aws-sdk-java/2.42.0",
         "resources": [{"ARN": "arn:aws:iam::111122223333:role/ledger", "type": "AWS::IAM::Role"}]}
        """;
    Samples samples =
        Samples.complete()
            .with(
                "events/any.json",
                "{\"Events\": [{\"EventId\": \"e-1\", \"CloudTrailEvent\": \"%s\"}]}"
                    .formatted(denied.replace("\"", "\\\"").replace("\n", " ")));
    assertEquals(
        List.of(
            new AssumeCall(
                "e-1",
                Instant.parse("2026-11-19T10:00:00Z"),
                "eu-west-1",
                Optional.of("arn:aws:iam::111122223333:role/ledger"),
                Optional.of("arn:p"),
                Optional.of("system:serviceaccount:payments:ledger"),
                Optional.empty(),
                Optional.of("AccessDenied"),
                Optional.of("aws-sdk-java/2.42.0"))),
        samples.read().inventory().calls());
    assertTrue(samples.read().inventory().coverageOf(Scope.trail("eu-west-1")).isComplete());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Events\": [{\"CloudTrailEvent\": \"{\"}]}",
        "{\"Events\": [{\"CloudTrailEvent\": \"[]\"}]}",
        "{\"Events\": [{\"EventId\": \"x\"}]}",
        "{\"Events\": 1}",
        "{}"
      })
  void whatIsNoTrailFailsItsRegion(String text) {
    Samples samples = Samples.complete().with("events/eu-west-1.json", text);
    assertThrows(SnapshotException.class, samples::read);
    Inventory tolerated = SnapshotReader.read(SnapshotFiles.of(samples.files()), true).inventory();
    assertInstanceOf(Coverage.Failed.class, tolerated.coverageOf(Scope.trail("eu-west-1")));
    assertTrue(tolerated.calls().isEmpty());
  }

  @Test
  void anEmptyTrailOfARegionWasRead() {
    assertTrue(
        Samples.complete()
            .with("events/eu-west-1.json", "{\"Events\": []}")
            .read()
            .inventory()
            .coverageOf(Scope.trail("eu-west-1"))
            .isComplete());
  }

  private static Kubernetes kubernetes(Samples samples) {
    return samples.read().inventory().clusters().getFirst().kubernetes();
  }

  private static Coverage coverage(Samples samples, Kind kind) {
    return samples.read().inventory().coverageOf(Scope.cluster(kind, "eu-west-1", "prod"));
  }
}
