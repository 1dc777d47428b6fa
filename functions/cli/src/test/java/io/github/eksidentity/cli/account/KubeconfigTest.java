package io.github.eksidentity.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.console.Failure;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.kubernetes.AccessException;
import io.github.eksidentity.kubernetes.ClusterAccess;
import io.github.eksidentity.kubernetes.KubernetesReader;
import io.github.eksidentity.snapshot.SnapshotReader;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.TestProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clusters reached as a kubeconfig file says, against the test bed.
final class KubeconfigTest {
  private static final Inventory DEMO =
      SnapshotReader.read(Path.of("src/main/resources/demo"), false).inventory();
  private static final Cluster CLUSTER = DEMO.clusters().getFirst();

  private final Path folder;
  private final KubernetesBed bed = KubernetesBed.serve(DEMO, KubernetesBed.Behaviour.PROMPT);

  KubeconfigTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'token: k8s-aws-v1.%1$s'",
    "'exec: {command: aws, args: [eks, get-token, --cluster-name, %1$s]}'",
    "'exec: {command: /usr/local/bin/aws-iam-authenticator, args: [token, -i, %1$s]}'",
    "'tokenFile: token.txt'"
  })
  void aContextThatIsNamedByTheArnIsFollowed(String user) throws Exception {
    Files.writeString(folder.resolve("token.txt"), KubernetesBed.token(CLUSTER.name()) + "\n");
    assertReads(config(user.formatted(CLUSTER.name()), ""));
  }

  @Test
  void aClientsCertificateIsShown() throws Exception {
    assertReads(
        config(
            "{client-certificate-data: %s, client-key-data: %s}"
                .formatted(base64(bed.authority()), base64(bed.clientKey())),
            ""));
    Files.write(folder.resolve("me.crt"), bed.authority());
    Files.write(folder.resolve("me.key"), bed.clientKey());
    assertReads(config("{client-certificate: me.crt, client-key: me.key}", ""));
  }

  @Test
  void aKeyOfAnotherFormIsRefusedWithTheCommandThatConvertsIt() throws Exception {
    byte[] key =
        new String(bed.clientKey(), StandardCharsets.US_ASCII)
            .replace("PRIVATE KEY", "EC PRIVATE KEY")
            .getBytes(StandardCharsets.US_ASCII);
    Kubeconfig config =
        config(
            "{client-certificate-data: %s, client-key-data: %s}"
                .formatted(base64(bed.authority()), base64(key)),
            "");
    AccessException refused = assertThrows(AccessException.class, () -> config.access(CLUSTER));
    assertTrue(refused.problem().contains("openssl pkcs8 -topk8"), refused.problem());
  }

  @Test
  void theFileOfATokenCountsBeforeAToken() throws Exception {
    Files.writeString(folder.resolve("token.txt"), KubernetesBed.token(CLUSTER.name()) + "\n");
    assertReads(config("{token: old, tokenFile: token.txt}", ""));
  }

  @ParameterizedTest
  @CsvSource({"http", "socks5"})
  void anotherServerNameAndAProxyAreUsed(String scheme) throws Exception {
    String host = "a." + KubernetesBed.ZONE;
    int port = bed.endpoint(CLUSTER.name()).getPort();
    try (TestProxy proxy = TestProxy.to(port, Optional.empty())) {
      assertReads(
          config(
              "token: " + KubernetesBed.token(CLUSTER.name()),
              "tls-server-name: %s\n    proxy-url: %s://%s"
                  .formatted(host, scheme, proxy.authority())));
      assertTrue(proxy.asked().contains("127.0.0.1:" + port), proxy.asked()::toString);
      assertEquals(Set.of(host), bed.askedHosts());
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void assertReads(Kubeconfig config) {
    Inventory read =
        new KubernetesReader(config, Duration.ofSeconds(60), 1)
            .read(DEMO.with(List.of(CLUSTER), List.of(), Map.of()));
    read.coverage()
        .forEach(
            (scope, how) ->
                assertTrue(
                    !scope.kind().onRequest() || how.isComplete(), () -> scope + ": " + how));
  }

  @ParameterizedTest
  @CsvSource({
    "'exec: {command: /opt/evil.sh}', '', runs /opt/evil.sh",
    "'username: a', '', no credentials",
    "'client-certificate-data: YQ==', '', without its key",
    "'token: a', 'insecure-skip-tls-verify: true', does not verify",
    "'tokenFile: nowhere', '', cannot be read: nowhere",
    "'token: a', 'proxy-url: ftp://h', proxy-url",
    "'token: a', 'tls-server-name: a b', tls-server-name"
  })
  void whatIsNotDoneIsSaid(String user, String cluster, String reason) throws IOException {
    Kubeconfig config = config(user, cluster);
    AccessException refused = assertThrows(AccessException.class, () -> config.access(CLUSTER));
    assertTrue(refused.problem().contains(reason), refused.problem());
  }

  @Test
  void aClusterWithoutAContextIsNotReached() throws IOException {
    Kubeconfig config = config("token: a", "");
    AccessException refused =
        assertThrows(AccessException.class, () -> config.access(DEMO.clusters().getLast()));
    assertTrue(refused.problem().contains("no context of config is for it"));
  }

  @Test
  void whatIsNoKubeconfigIsOneClearSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("config"), "a: [");
    assertThrows(Failure.class, () -> read(file, Optional.empty()));
    Files.writeString(file, "[]");
    assertThrows(Failure.class, () -> read(file, Optional.empty()));
    Files.writeString(file, "contexts: []");
    Failure missing = assertThrows(Failure.class, () -> read(file, Optional.of("prod")));
    assertEquals("config has no context prod.", missing.getMessage());
  }

  @Test
  void aTokenIsNotPrinted() throws Exception {
    ClusterAccess access = config("token: s3cr3t", "").access(CLUSTER);
    assertTrue(!access.toString().contains("s3cr3t"));
  }

  private Kubeconfig config(String user, String cluster) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            current-context: other
            contexts:
            - name: mine
              context: {cluster: "%1$s", user: me}
            clusters:
            - name: "%1$s"
              cluster:
                server: %2$s
                certificate-authority-data: %3$s
                %4$s
            users:
            - name: me
              user:
                %5$s
            """
                .formatted(
                    CLUSTER.arn(),
                    bed.endpoint(CLUSTER.name()),
                    base64(bed.authority()),
                    cluster,
                    user));
    return read(file, Optional.empty());
  }

  private static Kubeconfig read(Path file, Optional<String> context) {
    return Kubeconfig.read(
        file, "config", context, cluster -> () -> KubernetesBed.token(cluster.name()));
  }
}
