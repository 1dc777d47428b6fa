package io.github.eksidentity.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Scope.Kind;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.KubernetesBed.Behaviour;
import io.github.eksidentity.testbed.TestProxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// As whom a cluster is called and by which way: what mends a refusal depends on it.
final class CallerTest {
  private static final Duration BUDGET = Duration.ofSeconds(60);
  private static final Inventory THERE = Clusters.account(1, 3);
  private static final Cluster CLUSTER = THERE.clusters().getFirst();
  private static final String ENTRY = "aws eks create-access-entry";
  private static final String HOST = "c0." + KubernetesBed.ZONE;

  private final KubernetesBed bed = KubernetesBed.serve(THERE, Behaviour.PROMPT);

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void anUnknownPrincipalOfAwsNeedsAnAccessEntry() throws AccessException {
    String reason = audit(kubeconfig(new Caller.OfAws(() -> "k8s-aws-v1.unknown")));
    assertTrue(reason.startsWith("401: ") && reason.contains(ENTRY), reason);
  }

  @ParameterizedTest
  @CsvSource({"abc.def.ghi, expired", "k8s-aws-v1.old, for 15 minutes"})
  void aTokenOfAKubeconfigThatIsRefusedNeedsNoAccessEntry(String token, String advice)
      throws AccessException {
    ClusterAccess access = kubeconfig(new Caller.OfKubeconfig(() -> token));
    for (String reason : List.of(audit(access), probe(access))) {
      assertTrue(
          reason.startsWith("401: the cluster does not accept the token in its kubeconfig"),
          reason);
      assertTrue(reason.contains(advice), reason);
      assertFalse(reason.contains(ENTRY) || reason.contains(token), reason);
    }
  }

  @Test
  void aClientsCertificateThatIsRefusedNeedsNoAccessEntry() throws AccessException {
    String reason = audit(kubeconfig(new Caller.OfCertificate()));
    assertTrue(reason.startsWith("401: ") && reason.contains("client certificate"), reason);
    assertFalse(reason.contains(ENTRY), reason);
  }

  /// A token is base64 of a URL with the session token in it.
  @ParameterizedTest
  @CsvSource({"1000, false", "2400, false", "2700, true", "4096, true"})
  void aTokenThatIsTooLongForEksIsNotTakenForAMissingAccessEntry(
      int sessionTokenLength, boolean tooLong) throws AccessException {
    AwsSessionCredentialsIdentity credentials =
        AwsSessionCredentialsIdentity.create(
            "ASIATESTBED", "secret", "x".repeat(sessionTokenLength));
    ClusterAccess access =
        ClusterAccess.ofEks(
            bed.endpoint("c0"),
            bed.authority(),
            new Caller.OfAws(
                () -> EksToken.of(credentials, "eu-west-1", "other", Clock.systemUTC())));
    for (String reason : List.of(audit(access), probe(access))) {
      assertTrue(reason.startsWith("401: "), reason);
      assertEquals(tooLong, reason.contains("EKS accepts no more than 4,096"), reason);
      assertFalse(tooLong && reason.contains(ENTRY), reason);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'s3cr3t\ns3cr3t' | a line break at character 7",
        "'s3cr3t\r\n' | a line break at character 7",
        "'s3cr3t s3cr3t' | a space at character 7",
        "'\ts3cr3t' | a tab at character 1",
        "'s3cr3t\u0001' | a control character at character 7",
        "'\ufeffs3cr3t' | a character that is not ASCII at character 1",
        "'s3cr\u00e9t' | a character that is not ASCII at character 5",
        "'Bearer s3cr3t' | begins with the word Bearer",
        "'' | is empty",
      })
  void aMalformedTokenIsNamedAndNeitherSentNorShown(String token, String fault)
      throws AccessException {
    ClusterAccess access = kubeconfig(new Caller.OfKubeconfig(() -> token));
    for (String reason : List.of(audit(access), probe(access))) {
      assertTrue(reason.startsWith("the bearer token in its kubeconfig "), reason);
      assertTrue(reason.contains(fault), reason);
      assertFalse(reason.contains("s3cr"), reason);
    }
    assertEquals(List.of(), bed.requests());
  }

  @Test
  void anotherNameIsExpectedAndAskedForWhereTheKubeconfigSaysSo() throws AccessException {
    URI tunnel = URI.create("https://localhost:" + bed.endpoint("c0").getPort() + "/c0");
    ClusterAccess access = kubeconfig(tunnel, known());
    String refused = audit(access);
    assertTrue(refused.contains("is not for localhost but for"), refused);
    assertTrue(refused.contains("tls-server-name"), refused);

    assertReads(access.expecting(HOST));
    assertEquals(Set.of(HOST), bed.askedHosts());
    String other = audit(access.expecting("kubernetes.example"));
    assertTrue(other.contains("is not for kubernetes.example"), other);
    assertReads(access.expecting("127.0.0.1"));
  }

  @Test
  void whatCannotBeANameIsRefused() throws AccessException {
    ClusterAccess access = kubeconfig(known());
    assertThrows(AccessException.class, () -> access.expecting("a b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void aProxyIsGoneThrough(String scheme) throws AccessException {
    URI named = URI.create("https://" + HOST + "/c0");
    try (TestProxy proxy = TestProxy.to(bed.endpoint("c0").getPort(), Optional.empty())) {
      assertReads(
          kubeconfig(named, known()).through(ProxyUrl.of(scheme + "://" + proxy.authority())));
      assertTrue(proxy.asked().contains(HOST + ":443"), proxy.asked()::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, answers with HTTP 407",
    "socks5, wants a user and a password",
    "http://me:wrong@, answers with HTTP 407",
    "socks5://me:wrong@, does not accept its user and password"
  })
  void aProxyThatWantsAPasswordIsToldSo(String scheme, String refusal) throws AccessException {
    String prefix = scheme.contains("@") ? scheme : scheme + "://";
    try (TestProxy proxy = TestProxy.to(bed.endpoint("c0").getPort(), Optional.of("me:p@ss"))) {
      String reason = audit(kubeconfig(known()).through(ProxyUrl.of(prefix + proxy.authority())));
      assertTrue(reason.contains("the proxy in its kubeconfig " + refusal), reason);
      assertFalse(reason.contains("wrong"), reason);

      String right = scheme.replaceAll(":.*", "") + "://me:p%40ss@" + proxy.authority();
      assertReads(kubeconfig(known()).through(ProxyUrl.of(right)));
    }
  }

  @Test
  void aProxyThatIsNotThereIsNotTakenForTheServer() throws AccessException {
    TestProxy gone = TestProxy.to(1, Optional.empty());
    gone.close();
    String reason = audit(kubeconfig(known()).through(ProxyUrl.of("http://" + gone.authority())));
    assertTrue(reason.contains("the proxy in its kubeconfig refuses the connection"), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://h:1", "http://", "socks4://h", "h:1", "http://p@ss:w^rd@h", ""})
  void aProxyOfAnotherKindIsRefusedWithoutShowingIt(String url) {
    AccessException refused = assertThrows(AccessException.class, () -> ProxyUrl.of(url));
    assertTrue(refused.problem().contains("proxy-url"), refused.problem());
    assertFalse(refused.problem().contains("w^rd"), refused.problem());
  }

  private static Caller known() {
    return new Caller.OfKubeconfig(() -> KubernetesBed.token("c0"));
  }

  private ClusterAccess kubeconfig(Caller caller) throws AccessException {
    return kubeconfig(bed.endpoint("c0"), caller);
  }

  private ClusterAccess kubeconfig(URI server, Caller caller) throws AccessException {
    return ClusterAccess.ofKubeconfig(server, bed.authority(), Optional.empty(), caller);
  }

  private static void assertReads(ClusterAccess access) {
    Inventory read = new KubernetesReader(_ -> access, BUDGET, 1).read(Clusters.bare(THERE));
    assertEquals(THERE.sorted().clusters(), read.sorted().clusters());
  }

  private static String audit(ClusterAccess access) {
    return new KubernetesReader(_ -> access, BUDGET, 1)
        .read(Clusters.bare(THERE))
        .coverageOf(Scope.cluster(Kind.PODS, "eu-west-1", "c0"))
        .reason();
  }

  private static String probe(ClusterAccess access) {
    return assertInstanceOf(
            ServiceAccountTokens.NotGiven.class,
            ServiceAccountTokens.request(_ -> access, CLUSTER, "ns-0", "sa-0", "sts", BUDGET))
        .reason();
  }
}
