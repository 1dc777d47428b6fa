package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.KubernetesBed.Behaviour;
import io.github.eksidentity.testbed.KubernetesFault;
import io.github.eksidentity.testbed.TlsTrouble;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What keeps a request from being answered is told as what it is, to an audit and to a probe, and
/// tried again where that may help.
final class ConnectionFaultsTest {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Inventory THERE = Clusters.account(1, 7);
  private static final Cluster CLUSTER = THERE.clusters().getFirst();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTHER_HOST | certificate is not for 127.0.0.1 but for kubernetes.example",
        "EXPIRED | certificate expired at 20",
        "NOT_YET_VALID | certificate is not valid before 20",
        "CLOSED | in the handshake the connection was closed, tried 5 times",
        "RESET | in the handshake the connection was reset, tried 5 times",
        "ALERT | in the handshake the server refused it (handshake_failure)",
        "PLAIN_HTTP | in the handshake what answers there does not speak TLS",
      })
  void eachFailureOfTlsHasAReasonOfItsOwn(TlsTrouble.Kind kind, String reason)
      throws AccessException {
    try (TlsTrouble trouble = TlsTrouble.serve(kind)) {
      ClusterAccess access = access(trouble.endpoint(), trouble.authority());
      String audit = coverage(read(access), Kind.PODS).reason();
      assertTrue(audit.startsWith("TLS: ") && audit.contains(reason), audit);
      String probe = probe(access);
      assertTrue(probe.startsWith("TLS: ") && probe.contains(reason), probe);
      assertTrue(!audit.contains("create-access-entry") && !probe.contains("access entry"), audit);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsTrouble.Kind.class,
      names = {"OTHER_HOST", "EXPIRED", "NOT_YET_VALID"})
  void noRequestIsMadeWhereTheCertificateIsNotTheServers(TlsTrouble.Kind kind)
      throws AccessException {
    try (TlsTrouble trouble = TlsTrouble.serve(kind)) {
      read(access(trouble.endpoint(), trouble.authority()));
      assertEquals(0, trouble.reached());
    }
  }

  @Test
  void anUntrustedCertificateIsNotTakenForAnExpiredOne() throws AccessException {
    try (TlsTrouble trouble = TlsTrouble.serve(TlsTrouble.Kind.EXPIRED)) {
      String reason =
          coverage(read(access(trouble.endpoint(), KubernetesBed.foreignAuthority())), Kind.PODS)
              .reason();
      assertTrue(reason.contains("not signed by the cluster's certificate authority"), reason);
    }
  }

  @Test
  void whereNobodyAnswersEveryPartHasTheReasonOfTheFirst() throws AccessException {
    try (TlsTrouble trouble = TlsTrouble.serve(TlsTrouble.Kind.CLOSED)) {
      Inventory read = read(access(trouble.endpoint(), trouble.authority()));
      Set<String> reasons = new HashSet<>();
      Kind.OF_KUBERNETES.forEach(kind -> reasons.add(coverage(read, kind).reason()));
      assertEquals(1, reasons.size(), reasons::toString);
      assertEquals(5, trouble.reached());
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "4"})
  void aConnectionThatBreaksIsMadeAgain(int times) {
    for (KubernetesFault fault : Set.of(new KubernetesFault.HangsUp(), new KubernetesFault.Cut())) {
      Behaviour breaks =
          Behaviour.PROMPT
              .withPageSize(2)
              .withFault(fault, 1, times, ConnectionFaultsTest::isOfPods);
      try (KubernetesBed bed = KubernetesBed.serve(THERE, breaks)) {
        assertEquals(
            THERE.sorted().clusters(),
            new KubernetesReader(Beds.provider(bed), BUDGET, 1)
                .read(Clusters.bare(THERE))
                .sorted()
                .clusters());
      }
    }
  }

  @Test
  void aConnectionThatBreaksEachTimeIsAReasonWithTheNumberOfTimes() {
    Behaviour breaks =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Cut(), 0, Integer.MAX_VALUE, ConnectionFaultsTest::isOfPods);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, breaks)) {
      String reason = coverage(read(bed, BUDGET), Kind.PODS).reason();
      assertTrue(
          reason.startsWith("the connection broke before its answer was complete, tried 5 times."),
          reason);
      assertEquals(5, bed.requests().stream().filter(ConnectionFaultsTest::isOfPods).count());
    }
  }

  @Test
  void aBusyClusterIsAskedUntilItAnswers() {
    Behaviour busy =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Refused(429, Map.of("Retry-After", "0")),
            0,
            6,
            ConnectionFaultsTest::isOfPods);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, busy)) {
      assertEquals(new Coverage.Complete(), coverage(read(bed, BUDGET), Kind.PODS));
    }
  }

  @Test
  void aBusyClusterIsAskedAsLongAsItsTimeLastsAndWhatWasReadStays() {
    Behaviour busy =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Refused(429, Map.of("Retry-After", "1")),
            0,
            Integer.MAX_VALUE,
            ConnectionFaultsTest::isOfPods);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, busy)) {
      Inventory read = read(bed, Duration.ofMillis(3500));
      Coverage pods = coverage(read, Kind.PODS);
      assertInstanceOf(Coverage.Failed.class, pods);
      assertTrue(
          pods.reason().matches("429: .* 3\\.5 seconds lasted, tried [2-4] times\\. .*"),
          pods.reason());
      assertEquals(new Coverage.Complete(), coverage(read, Kind.SERVICE_ACCOUNTS));
      assertEquals(7, read.clusters().getFirst().kubernetes().serviceAccounts().size());
    }
  }

  @Test
  void aBusyClusterThatAsksForMoreTimeThanThereIsIsNotWaitedFor() {
    Behaviour busy =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Refused(429, Map.of("Retry-After", "3600")),
            0,
            9,
            ConnectionFaultsTest::isOfPods);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, busy)) {
      Inventory read = read(bed, BUDGET);
      assertTrue(coverage(read, Kind.PODS).reason().startsWith("429: "));
      assertEquals(new Coverage.Complete(), coverage(read, Kind.RBAC));
    }
  }

  @Test
  void aReviewThatIsRefusedIsNotARefusalOfTheList() {
    for (int status : new int[] {403, 404, 405}) {
      Behaviour refused =
          Behaviour.PROMPT.withFault(
              new KubernetesFault.Refused(status, Map.of()),
              0,
              Integer.MAX_VALUE,
              request -> request.method().equals("POST"));
      try (KubernetesBed bed = KubernetesBed.serve(THERE, refused)) {
        assertEquals(
            THERE.sorted().clusters(), read(bed, BUDGET).sorted().clusters(), "review: " + status);
      }
    }
  }

  @Test
  void aReviewThatCouldNotDecideIsNotARefusalOfTheList() {
    Behaviour undecided =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Says(
                "application/json",
                "{\"status\": {\"allowed\": false, \"evaluationError\": \"webhook: timeout\"}}"),
            0,
            Integer.MAX_VALUE,
            request -> request.method().equals("POST"));
    try (KubernetesBed bed = KubernetesBed.serve(THERE, undecided)) {
      assertEquals(new Coverage.Complete(), coverage(read(bed, BUDGET), Kind.PODS));
    }
  }

  @Test
  void aListThatIsRefusedAfterARefusedReviewIsRefused() {
    Behaviour refused =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Refused(403, Map.of()), 0, Integer.MAX_VALUE, _ -> true);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, refused)) {
      assertTrue(coverage(read(bed, BUDGET), Kind.PODS).reason().startsWith("403: the caller may"));
    }
  }

  private static boolean isOfPods(KubernetesBed.Request request) {
    return request.path().equals("/api/v1/pods");
  }

  private static ClusterAccess access(URI endpoint, byte[] authority) throws AccessException {
    return ClusterAccess.ofEks(endpoint, authority, new Caller.OfAws(() -> "k8s-aws-v1.c0"));
  }

  private static Inventory read(ClusterAccess access) {
    return new KubernetesReader(_ -> access, BUDGET, 1).read(Clusters.bare(THERE));
  }

  private static Inventory read(KubernetesBed bed, Duration budget) {
    return new KubernetesReader(Beds.provider(bed), budget, 1).read(Clusters.bare(THERE));
  }

  private static String probe(ClusterAccess access) {
    return assertInstanceOf(
            ServiceAccountTokens.NotGiven.class,
            ServiceAccountTokens.request(_ -> access, CLUSTER, "ns-0", "sa-0", "sts", BUDGET))
        .reason();
  }

  private static Coverage coverage(Inventory inventory, Kind kind) {
    return inventory.coverageOf(Scope.cluster(kind, "eu-west-1", "c0"));
  }
}
