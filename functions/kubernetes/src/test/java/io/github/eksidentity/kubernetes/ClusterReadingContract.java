package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Rbac;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.testbed.KubernetesBed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds of any server of Kubernetes' API, be it the test bed or a real one. It has one
/// cluster with so many objects that lists of service accounts and of pods have several pages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterReadingContract {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final int SECOND_PAGE = 3; // after a review and the first page

  static final Inventory THERE =
      Clusters.accountWith(VariedObjects.beside(Clusters.kubernetes(1100)));
  static final Cluster CLUSTER = THERE.clusters().getFirst();
  static final ServiceAccount ACCOUNT = CLUSTER.kubernetes().serviceAccounts().getFirst();

  /// As a member of the group that the manifests name, where these of them are applied.
  abstract ClusterAccess auditor(Set<Manifest> applied) throws AccessException;

  /// As a member of the group that `probe.yaml` names, where it is applied for this service account
  /// or not at all.
  abstract ClusterAccess prober(Optional<String> serviceAccount) throws AccessException;

  /// Lets the next page of a list of service accounts expire.
  abstract void expireLists();

  @Test
  void whatIsThereComesBack() throws AccessException {
    Inventory read = read(auditor(EnumSet.allOf(Manifest.class)));

    for (Kind kind : Kind.OF_KUBERNETES) {
      assertEquals(new Coverage.Complete(), coverage(read, kind));
    }
    assertEquals(comparable(THERE), comparable(read));
    Kubernetes facts = read.clusters().getFirst().kubernetes();
    assertTrue(facts.serviceAccounts().stream().allMatch(one -> one.created().isPresent()));
    assertTrue(facts.pods().stream().allMatch(one -> one.created().isPresent()));
  }

  @ParameterizedTest
  @EnumSource(Manifest.class)
  void eachManifestIsEnoughForItsPartAndForNoOther(Manifest applied) throws AccessException {
    Inventory read = read(auditor(EnumSet.of(applied)));

    for (Kind kind : Kind.OF_KUBERNETES) {
      Coverage coverage = coverage(read, kind);
      if (manifest(kind) == applied) {
        assertEquals(new Coverage.Complete(), coverage);
      } else {
        assertTrue(coverage.reason().startsWith("403: "), coverage.reason());
      }
    }
  }

  @Test
  void eachRefusalNamesTheCommandThatWouldLiftIt() throws AccessException {
    Inventory read = read(auditor(EnumSet.noneOf(Manifest.class)));

    for (Kind kind : Kind.OF_KUBERNETES) {
      Coverage coverage = coverage(read, kind);
      assertEquals(manifest(kind) == Manifest.READER ? "failed" : "skipped", coverage.status());
      assertEquals(
          "403: the caller may not list them. Allow it: kubectl --context "
              + CLUSTER.arn()
              + " apply -f infra/kubernetes/"
              + manifest(kind).file(),
          coverage.reason());
    }
    assertEquals(Kubernetes.NOT_READ, read.clusters().getFirst().kubernetes());
  }

  private static Manifest manifest(Kind kind) {
    return switch (kind) {
      case WEBHOOKS -> Manifest.WEBHOOKS;
      case RBAC -> Manifest.RBAC;
      default -> Manifest.READER;
    };
  }

  @Test
  void anUnknownCallerIsToldHowToBeLetIn() throws AccessException {
    ClusterAccess known = auditor(EnumSet.allOf(Manifest.class));

    Inventory read = read(known.as(new Caller.OfAws(() -> "stranger")));

    for (Kind kind : Kind.OF_KUBERNETES) {
      Coverage coverage = coverage(read, kind);
      assertInstanceOf(Coverage.Failed.class, coverage);
      assertTrue(
          coverage
              .reason()
              .contains(
                  "aws eks create-access-entry --region eu-west-1 --cluster-name c0"
                      + " --principal-arn"),
          coverage.reason());
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotTrusted() throws AccessException {
    ClusterAccess trusting = auditor(EnumSet.allOf(Manifest.class));

    Inventory read =
        read(
            ClusterAccess.ofEks(
                trusting.server(), KubernetesBed.foreignAuthority(), trusting.caller()));

    String reason = coverage(read, Kind.PODS).reason();
    assertTrue(reason.contains("not signed by the cluster's certificate authority"), reason);
  }

  @Test
  void aListWhoseNextPageExpiredBeginsAnew() throws AccessException {
    AtomicInteger undisturbed = new AtomicInteger();
    ClusterAccess access = auditor(EnumSet.allOf(Manifest.class));
    read(before(access, undisturbed::incrementAndGet));

    AtomicInteger requests = new AtomicInteger();
    Inventory read =
        read(
            before(
                access,
                () -> {
                  if (requests.incrementAndGet() == SECOND_PAGE) {
                    expireLists();
                  }
                }));

    assertEquals(comparable(THERE), comparable(read));
    assertTrue(requests.get() > undisturbed.get(), "no page expired");
  }

  @Test
  void aListThatExpiresAgainAndAgainIsNotRead() throws AccessException {
    Inventory read = read(before(auditor(EnumSet.allOf(Manifest.class)), this::expireLists));

    Coverage expired = coverage(read, Kind.SERVICE_ACCOUNTS);
    assertInstanceOf(Coverage.Failed.class, expired);
    assertTrue(expired.reason().endsWith("expires before it is read (410)"), expired.reason());
    assertTrue(read.clusters().getFirst().kubernetes().serviceAccounts().isEmpty());
  }

  /// A token is made for each request.
  private static ClusterAccess before(ClusterAccess access, Runnable request) {
    return access.as(
        new Caller.OfAws(
            () -> {
              request.run();
              return access.caller().token().orElseThrow();
            }));
  }

  @Test
  void theTokenIsForTheServiceAccountAndTheAudienceAndShortLived() throws AccessException {
    String audience = "sts.\"amazonaws\".com";

    ServiceAccountTokens.Given given =
        assertInstanceOf(
            ServiceAccountTokens.Given.class,
            ask(prober(Optional.of(ACCOUNT.name())), ACCOUNT.name(), audience));

    assertFalse(given.toString().contains(given.token()));
    String claims =
        new String(
            Base64.getUrlDecoder().decode(given.token().split("\\.", -1)[1]),
            StandardCharsets.UTF_8);
    assertTrue(claims.contains("\"sub\":\"" + ACCOUNT.subject() + "\""), claims);
    assertTrue(claims.contains("\"aud\":[\"sts.\\\"amazonaws\\\".com\"]"), claims);
    assertTrue(
        claims.contains("\"iss\":\"https://" + CLUSTER.issuer().orElseThrow() + "\""), claims);
    assertEquals(600, number("exp", claims) - number("iat", claims));
  }

  private static long number(String claim, String claims) {
    Matcher matcher = Pattern.compile("\"" + claim + "\":(\\d+)").matcher(claims);
    assertTrue(matcher.find(), claims);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void aTokenOfNobodyIsNotGiven() throws AccessException {
    ServiceAccountTokens.NotGiven answer =
        assertInstanceOf(
            ServiceAccountTokens.NotGiven.class,
            ask(prober(Optional.of("nobody")), "nobody", "sts.amazonaws.com"));

    assertEquals(
        "404: the cluster has no service account " + ACCOUNT.namespace() + "/nobody",
        answer.reason());
  }

  @Test
  void aCallerWhoMayMakeNoTokenIsToldWhatWouldLetIt() throws AccessException {
    ServiceAccountTokens.NotGiven answer =
        assertInstanceOf(
            ServiceAccountTokens.NotGiven.class,
            ask(prober(Optional.empty()), ACCOUNT.name(), "sts.amazonaws.com"));

    assertTrue(answer.reason().startsWith("403: "), answer.reason());
    assertTrue(answer.reason().contains("infra/kubernetes/probe.yaml"), answer.reason());
  }

  static ServiceAccountTokens.Answer ask(
      ClusterAccess access, String serviceAccount, String audience) {
    return ServiceAccountTokens.request(
        _ -> access, CLUSTER, ACCOUNT.namespace(), serviceAccount, audience, BUDGET);
  }

  static Inventory read(ClusterAccess access) {
    return new KubernetesReader(_ -> access, BUDGET, 1).read(Clusters.bare(THERE));
  }

  private static Coverage coverage(Inventory inventory, Kind kind) {
    return inventory.coverageOf(Scope.cluster(kind, CLUSTER.region(), CLUSTER.name()));
  }

  /// Without what a real server decides: times of creation, and roles that it makes itself or that
  /// the manifests make.
  private static Kubernetes comparable(Inventory inventory) {
    Kubernetes facts = inventory.sorted().clusters().getFirst().kubernetes();
    return new Kubernetes(
        facts.serviceAccounts().stream().map(ClusterReadingContract::comparable).toList(),
        facts.pods().stream().map(ClusterReadingContract::comparable).toList(),
        facts.webhooks(),
        new Rbac(
            facts.rbac().roles().stream()
                .filter(role -> !role.builtIn() && !ofManifest(role.name()))
                .toList(),
            facts.rbac().bindings().stream()
                .filter(binding -> !binding.builtIn() && !ofManifest(binding.name()))
                .toList()));
  }

  private static boolean ofManifest(String name) {
    return name.startsWith("eks-identity-");
  }

  private static ServiceAccount comparable(ServiceAccount one) {
    return new ServiceAccount(
        one.namespace(), one.name(), Optional.empty(), one.labels(), one.annotations());
  }

  private static Pod comparable(Pod pod) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.serviceAccount(),
        Optional.empty(),
        pod.phase(),
        pod.terminating(),
        pod.labels(),
        pod.annotations(),
        pod.node(),
        pod.scheduler(),
        pod.os(),
        pod.owner(),
        pod.containers(),
        pod.tokens(),
        pod.volumes(),
        pod.hostNetwork(),
        pod.ready());
  }
}
