package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.snapshot.SnapshotReader;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.KubernetesBed;
import io.github.eksidentity.testbed.TestBed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever goes wrong with a token, it is in no output: neither as it is, nor as base64, nor as
/// the part of a message of somebody else.
final class SecretsTest {
  private static final String SECRET = "SECRETTOKEN";
  private static final Inventory DEMO =
      SnapshotReader.read(Path.of("src/main/resources/demo"), false).inventory();
  private static final String CLUSTER = "prod-eu";

  private final Path folder;
  private final KubernetesBed kubernetes =
      KubernetesBed.serve(DEMO, KubernetesBed.Behaviour.PROMPT);

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void giveFiles() throws IOException {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", SECRET + "KEY");
    Command.demo(folder.resolve("account"));
    Files.writeString(
        folder.resolve("eks-identity.yaml"), "probe: [" + CLUSTER + "/catalog/catalog-api]\n");
    Files.writeString(folder.resolve("lines"), SECRET + ".a\n" + SECRET + ".b\n");
    Files.writeString(folder.resolve("binary"), SECRET + "\u0000\u0001" + SECRET);
    Files.write(folder.resolve("latin"), (SECRET + "\u00e4").getBytes(StandardCharsets.ISO_8859_1));
  }

  @AfterEach
  void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    kubernetes.close();
  }

  private static Cluster cluster() {
    return DEMO.clusters().stream()
        .filter(one -> one.name().equals(CLUSTER))
        .findFirst()
        .orElseThrow();
  }

  /// The user of a kubeconfig, or a whole file that is none.
  static Stream<String> users() {
    return Stream.of(
        "{token: " + SECRET + "}",
        "{token: \"" + SECRET + "\\n\"}",
        "{token: \"" + SECRET + "\\r\\nX-Other: 1\"}",
        "{token: \"" + SECRET + " " + SECRET + "\"}",
        "{token: \"" + SECRET + "\\u0000\"}",
        "{token: \"" + SECRET + "\u00e4\"}",
        "{token: \"\\t" + SECRET + "\"}",
        "{token: [" + SECRET + "]}",
        "{token: {" + SECRET + ": 1}}",
        "{token: \"\"}",
        "{tokenFile: lines}",
        "{tokenFile: binary}",
        "{tokenFile: latin}",
        "{tokenFile: nowhere-" + "x" + "}",
        "{client-certificate-data: " + SECRET + ", client-key-data: " + SECRET + "}",
        "{client-certificate: lines, client-key: lines}",
        "{client-certificate-data: \"!" + SECRET + "\", client-key-data: \"!" + SECRET + "\"}",
        "{password: " + SECRET + ", username: u}",
        "{exec: {command: other, args: [" + SECRET + "], env: [{name: a, value: " + SECRET + "}]}}",
        "{auth-provider: {name: oidc, config: {id-token: " + SECRET + "}}}");
  }

  private String config(String user, String server, byte[] authority) {
    return """
    contexts: [{name: mine, context: {cluster: "%1$s", user: me}}]
    clusters: [{name: "%1$s", cluster: {server: "%2$s", certificate-authority-data: %3$s}}]
    users: [{name: me, user: %4$s}]
    """
        .formatted(cluster().arn(), server, Base64.getEncoder().encodeToString(authority), user);
  }

  @ParameterizedTest
  @MethodSource("users")
  void noKindOfTokenIsShown(String user) throws IOException {
    String server = kubernetes.endpoint(CLUSTER).toString();
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      hides(bed, config(user, server, kubernetes.authority()));
    }
  }

  @Test
  void aFailureOfTheConnectionShowsNoToken() throws IOException {
    String user = "{token: " + SECRET + "}";
    String server = kubernetes.endpoint(CLUSTER).toString();
    byte[] other =
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            .getBytes(StandardCharsets.UTF_8);
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      hides(bed, config(user, server, other));
      hides(bed, config(user, "https://127.0.0.1:1", kubernetes.authority()));
      hides(bed, config(user, "https://no-such-host.invalid", kubernetes.authority()));
      hides(bed, config(user, "http://127.0.0.1:1", kubernetes.authority()));
      hides(bed, config(user, "https://" + SECRET + " x", kubernetes.authority()));
    }
  }

  @Test
  void aFileThatIsNoKubeconfigIsNotQuoted() throws IOException {
    List<String> files =
        List.of(
            "users:\n- token: " + SECRET + "\n\t- x: " + SECRET + "\n",
            "users: [{token: \"" + SECRET + "}]",
            "token: " + SECRET + "\ntoken: " + SECRET + ": x\n",
            SECRET,
            "%" + SECRET,
            "&" + SECRET + " *" + SECRET + "x",
            "!!" + SECRET + " x",
            "contexts: " + SECRET,
            "a: b\n---\ntoken: " + SECRET,
            "token: '" + SECRET);
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      for (String file : files) {
        hides(bed, file);
      }
    }
  }

  /// Probes and audits with a kubeconfig.
  private void hides(TestBed bed, String kubeconfig) throws IOException {
    Files.writeString(folder.resolve("config"), kubeconfig);
    List<String> probe =
        List.of(
            "probe",
            "--cluster",
            CLUSTER,
            "--service-account",
            "catalog/catalog-api",
            "--role",
            "catalog-api",
            "--snapshot",
            "account",
            "--clusters",
            "--kubeconfig",
            "config",
            "--cluster-timeout",
            "5",
            "--endpoint-url",
            bed.endpoint().toString());
    List<String> audit =
        List.of(
            "audit",
            "--clusters",
            "--kubeconfig",
            "config",
            "--cluster-timeout",
            "5",
            "--output",
            "json",
            "--region",
            "eu-west-1",
            "--endpoint-url",
            bed.endpoint().toString());
    for (List<String> command : List.of(probe, audit)) {
      // says all that it says without, and more
      List<String> verbose = new ArrayList<>(command);
      verbose.add("-v");
      assertHidden(Command.in(folder).run(verbose.toArray(String[]::new)), kubeconfig);
    }
  }

  private static void assertHidden(Result result, String kubeconfig) {
    String encoded = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
    assertFalse(result.all().contains(SECRET), () -> kubeconfig + "\n" + result.all());
    assertFalse(
        result.all().contains(encoded.substring(0, 12)), () -> kubeconfig + "\n" + result.all());
    assertFalse(
        result.err().contains("This should not happen"), () -> kubeconfig + "\n" + result.all());
  }

  @Test
  void aTokenWithALineBreakIsSaidToBeOne() throws IOException {
    String server = kubernetes.endpoint(CLUSTER).toString();
    Files.writeString(
        folder.resolve("config"), config("{tokenFile: lines}", server, kubernetes.authority()));
    try (TestBed bed = TestBed.serve(DEMO, Behaviour.PROMPT)) {
      Result result =
          Command.in(folder)
              .run(
                  "probe",
                  "--cluster",
                  CLUSTER,
                  "--service-account",
                  "catalog/catalog-api",
                  "--role",
                  "catalog-api",
                  "--snapshot",
                  "account",
                  "--clusters",
                  "--kubeconfig",
                  "config",
                  "--endpoint-url",
                  bed.endpoint().toString());
      assertEquals(Exit.INCOMPLETE, result.exitCode(), result.all());
      assertFalse(!result.out().contains("a line break"), result.all());
    }
  }
}
