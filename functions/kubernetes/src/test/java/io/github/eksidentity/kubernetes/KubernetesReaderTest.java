package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.KubernetesBed.Behaviour;
import io.github.eksidentity.testbed.KubernetesFault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Reads clusters of the test bed over TLS. Beyond the [ClusterReadingContract], what is not
/// answered as it should be is never taken for read.
final class KubernetesReaderTest {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Inventory THERE = Clusters.account(3, 7);
  private static final Predicate<KubernetesBed.Request> PODS =
      request -> request.path().equals("/api/v1/pods");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 500})
  void whatIsThereComesBackWhateverTheSizeOfAPage(int pageSize) {
    try (KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT.withPageSize(pageSize))) {
      Inventory read = read(bed, BUDGET);
      assertEquals(THERE.sorted().clusters(), read.sorted().clusters());
      for (Cluster cluster : THERE.clusters()) {
        for (Kind kind : Kind.OF_KUBERNETES) {
          assertEquals(new Coverage.Complete(), coverage(read, cluster.name(), kind));
        }
      }
    }
  }

  @Test
  void aTokenThatIsSignedForAClusterLetsIntoThatOneOnly() throws AccessException {
    Inventory account = Clusters.account(2, 1);
    try (KubernetesBed bed = KubernetesBed.serve(account, Behaviour.PROMPT)) {
      AwsCredentialsIdentity caller = AwsCredentialsIdentity.create("AKIATESTBED", "secret");
      Inventory read =
          new KubernetesReader(
                  cluster ->
                      ClusterAccess.ofEks(
                          bed.endpoint(cluster.name()),
                          bed.authority(),
                          new Caller.OfAws(
                              () ->
                                  EksToken.of(caller, cluster.region(), "c0", Clock.systemUTC()))),
                  Duration.ofSeconds(20),
                  2)
              .read(Clusters.bare(account));
      assertEquals(account.clusters().getFirst(), read.clusters().getFirst());
      assertEquals(Kubernetes.NOT_READ, read.clusters().getLast().kubernetes());
    }
  }

  @Test
  void aListWhosePageExpiresBeginsAnew() {
    Behaviour expires =
        Behaviour.PROMPT
            .withPageSize(2)
            .withFault(
                new KubernetesFault.Refused(410, Map.of()),
                1,
                1,
                PODS.and(request -> request.cluster().equals("c0")));
    try (KubernetesBed bed = KubernetesBed.serve(THERE, expires)) {
      assertEquals(THERE.sorted().clusters(), read(bed, BUDGET).sorted().clusters());
    }
  }

  @Test
  void aRefusalForTooManyRequestsIsWaitedOut() {
    Behaviour busy =
        Behaviour.PROMPT.withFault(
            new KubernetesFault.Refused(429, Map.of("Retry-After", "0")), 0, 2, PODS);
    try (KubernetesBed bed = KubernetesBed.serve(THERE, busy)) {
      assertEquals(THERE.sorted().clusters(), read(bed, BUDGET).sorted().clusters());
    }
  }

  static Stream<KubernetesFault> faults() {
    return Stream.of(
        new KubernetesFault.Refused(401, Map.of()),
        new KubernetesFault.Refused(403, Map.of()),
        new KubernetesFault.Refused(404, Map.of()),
        new KubernetesFault.Refused(410, Map.of()),
        new KubernetesFault.Refused(429, Map.of("Retry-After", "0")),
        new KubernetesFault.Refused(500, Map.of("Retry-After", "0")),
        new KubernetesFault.Refused(302, Map.of("Location", "https://127.0.0.1:1/")),
        new KubernetesFault.Says("text/html", "<html>sign in</html>"),
        new KubernetesFault.Says("application/json", ""),
        new KubernetesFault.Says("application/json", "{}"),
        new KubernetesFault.Says("application/json", "[]"),
        new KubernetesFault.Says("application/json", "{\"items\": [{}]}"),
        new KubernetesFault.Says("application/json", "{\"items\": [] "),
        new KubernetesFault.Says("application/json", "{\"items\": {}}"),
        new KubernetesFault.Cut(),
        new KubernetesFault.HangsUp(),
        new KubernetesFault.RepeatedToken());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noFaultOfOneListLooksLikeAnAnswer(KubernetesFault fault) {
    Predicate<KubernetesBed.Request> there = PODS.and(request -> request.cluster().equals("c1"));
    try (KubernetesBed bed =
        KubernetesBed.serve(
            THERE, Behaviour.PROMPT.withFault(fault, 0, Integer.MAX_VALUE, there))) {
      Inventory read = read(bed, BUDGET);
      assertInstanceOf(Coverage.Failed.class, coverage(read, "c1", Kind.PODS));
      assertTrue(cluster(read, "c1").kubernetes().pods().isEmpty());
      assertEquals(new Coverage.Complete(), coverage(read, "c1", Kind.SERVICE_ACCOUNTS));
      assertEquals(
          kubernetes(THERE, "c1").serviceAccounts().size(),
          kubernetes(read, "c1").serviceAccounts().size());
      assertEquals(new Coverage.Complete(), coverage(read, "c0", Kind.PODS));
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noFaultOfALaterPageLooksLikeAnAnswer(KubernetesFault fault) {
    Predicate<KubernetesBed.Request> later =
        PODS.and(request -> request.query().contains("continue="));
    try (KubernetesBed bed =
        KubernetesBed.serve(
            THERE,
            Behaviour.PROMPT.withPageSize(2).withFault(fault, 0, Integer.MAX_VALUE, later))) {
      Inventory read = read(bed, BUDGET);
      assertInstanceOf(Coverage.Failed.class, coverage(read, "c0", Kind.PODS));
      assertTrue(kubernetes(read, "c0").pods().isEmpty());
    }
  }

  static Stream<KubernetesFault> slow() {
    return Stream.of(
        new KubernetesFault.Late(Duration.ofHours(1)),
        new KubernetesFault.Stalls(),
        new KubernetesFault.Endless());
  }

  @ParameterizedTest
  @MethodSource("slow")
  void aSlowOrEndlessClusterFailsAloneAndInTime(KubernetesFault fault) {
    try (KubernetesBed bed =
        KubernetesBed.serve(
            THERE,
            Behaviour.PROMPT.withFault(
                fault, 0, Integer.MAX_VALUE, PODS.and(one -> one.cluster().equals("c1"))))) {
      Inventory read = read(bed, Duration.ofSeconds(6));
      assertInstanceOf(Coverage.Failed.class, coverage(read, "c1", Kind.PODS));
      assertTrue(kubernetes(read, "c1").pods().isEmpty());
      assertEquals(new Coverage.Complete(), coverage(read, "c0", Kind.PODS));
      assertEquals(new Coverage.Complete(), coverage(read, "c2", Kind.PODS));
    }
  }

  @Test
  void whatIsNotAllowedIsNotAskedFor() {
    try (KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT.withForbidden("pods"))) {
      read(bed, BUDGET);
      assertTrue(bed.requests().stream().noneMatch(PODS));
    }
  }

  @Test
  void aServerOfAnotherAuthorityGetsNoToken() {
    byte[] foreign = KubernetesBed.foreignAuthority();
    try (KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT)) {
      AccessProvider wrong =
          cluster ->
              ClusterAccess.ofEks(
                  bed.endpoint(cluster.name()),
                  foreign,
                  new Caller.OfAws(() -> KubernetesBed.token(cluster.name())));
      new KubernetesReader(wrong, BUDGET, 4).read(Clusters.bare(THERE));
      assertTrue(bed.requests().isEmpty());
    }
  }

  @Test
  void nobodyAtTheAddressIsToldApartFromARefusal() {
    KubernetesBed gone = KubernetesBed.serve(THERE, Behaviour.PROMPT);
    URI address = gone.endpoint("c0");
    gone.close();
    AccessProvider nobody =
        _ -> ClusterAccess.ofEks(address, gone.authority(), new Caller.OfCertificate());
    Inventory read = new KubernetesReader(nobody, BUDGET, 4).read(Clusters.bare(THERE));
    String reason = coverage(read, "c0", Kind.PODS).reason();
    assertTrue(reason.contains("does not answer (connection refused, tried 5 times)"), reason);
    assertTrue(reason.contains("aws eks describe-cluster"), reason);
  }

  @Test
  void aTokenIsNotInWhatIsPrinted() {
    try (KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT)) {
      ClusterAccess access = Beds.access(bed, "c0");
      assertFalse(access.toString().contains("k8s-aws-v1"));
    } catch (AccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatWasReadBeforeStays() {
    try (KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT)) {
      Inventory read = read(bed, BUDGET);
      assertTrue(read.coverageOf(Scope.account(Kind.IAM)).isComplete());
    }
  }

  private static Inventory read(KubernetesBed bed, Duration budget) {
    return new KubernetesReader(Beds.provider(bed), budget, 4).read(Clusters.bare(THERE));
  }

  private static Coverage coverage(Inventory inventory, String cluster, Kind kind) {
    return inventory.coverageOf(Scope.cluster(kind, "eu-west-1", cluster));
  }

  private static Kubernetes kubernetes(Inventory inventory, String name) {
    return cluster(inventory, name).kubernetes();
  }

  private static Cluster cluster(Inventory inventory, String name) {
    return inventory.clusters().stream()
        .filter(cluster -> cluster.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
