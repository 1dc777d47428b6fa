package io.github.eksidentity.cli.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.core.edit.Edit;
import io.github.eksidentity.core.facts.AssumeCall;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.snapshot.SnapshotReader;
import io.github.eksidentity.testbed.Behaviour;
import io.github.eksidentity.testbed.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands against an account served over the wire.
final class LiveAccountTest {
  private static final String OIDC_PROVIDER = "arn:aws:iam::111122223333:oidc-provider/";

  private final Path folder;
  private final TestBed bed;

  LiveAccountTest(@TempDir Path folder) {
    this.folder = folder;
    this.bed =
        TestBed.serve(
            SnapshotReader.read(Path.of("src/main/resources/demo"), false).inventory(),
            Behaviour.PROMPT);
  }

  @BeforeEach
  void giveCredentials() {
    System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
    System.setProperty("aws.region", "eu-west-1");
  }

  @AfterEach
  void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.clearProperty("aws.region");
    bed.close();
  }

  private Result run(String... args) {
    return Command.in(folder).run(args);
  }

  @Test
  void anAccountIsAuditedLikeItsSnapshot() {
    String endpoint = bed.endpoint().toString();
    Result written = run("snapshot", "account.zip", "--endpoint-url", endpoint);
    assertEquals(Exit.OK, written.exitCode(), written.all());
    String[] live = {
      "audit", "--endpoint-url", endpoint, "-o", "json", "--now", "2026-11-20T06:00:00Z"
    };
    String[] files = {
      "audit", "--snapshot", "account.zip", "-o", "json", "--now", "2026-11-20T06:00:00Z"
    };
    Result fromAccount = run(live);
    assertEquals(Exit.FINDINGS, fromAccount.exitCode(), fromAccount.all());
    assertEquals("", fromAccount.err());
    assertEquals(run(files).out(), fromAccount.out());
  }

  @Test
  void refusalsAreLookedUpAsFarBackAsTheSettingsSay() throws IOException {
    Inventory demo = SnapshotReader.read(Path.of("src/main/resources/demo"), false).inventory();
    Inventory refused =
        demo.with(
            demo.clusters(),
            List.of(
                refused(demo, "recent", "2026-11-20T04:00:00Z"),
                refused(demo, "older", "2026-11-19T10:00:00Z")),
            Map.of());
    try (TestBed there = TestBed.serve(refused, Behaviour.PROMPT)) {
      String hours2 = trail(there, "trailHours: 2");
      assertTrue(hours2.contains("payments/recent"), hours2);
      assertFalse(hours2.contains("payments/older"), hours2);
      String hours20 = trail(there, "trailHours: 20");
      assertTrue(hours20.contains("payments/recent"), hours20);
      assertTrue(hours20.contains("payments/older"), hours20);
    }
  }

  /// A call for a role that is none of the account's, so that nothing else explains it.
  private static AssumeCall refused(Inventory account, String serviceAccount, String time) {
    return new AssumeCall(
        "event-" + serviceAccount,
        Instant.parse(time),
        "eu-west-1",
        Optional.of("arn:aws:iam::111122223333:role/of-nobody"),
        account.clusters().getFirst().issuer().map(OIDC_PROVIDER::concat),
        Optional.of("system:serviceaccount:payments:" + serviceAccount),
        Optional.empty(),
        Optional.of("AccessDenied"),
        Optional.empty());
  }

  /// The refused calls that an audit with these settings finds.
  private String trail(TestBed there, String settings) throws IOException {
    Files.writeString(folder.resolve("trail.yaml"), settings);
    Result result =
        run(
            "audit",
            "--endpoint-url",
            there.endpoint().toString(),
            "--trail",
            "--config",
            "trail.yaml",
            "--rules",
            "assume-role-denied",
            "--now",
            "2026-11-20T06:00:00Z");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    return result.out();
  }

  @Test
  void noClusterIsCalledAtAnAddressThatIsNotOneOfEks() {
    Inventory demo = SnapshotReader.read(Path.of("src/main/resources/demo"), false).inventory();
    Inventory moved =
        demo.with(
            demo.clusters().stream().map(LiveAccountTest::atLoopback).toList(),
            demo.calls(),
            Map.of());
    try (TestBed there = TestBed.serve(moved, Behaviour.PROMPT)) {
      Result result =
          run("audit", "--clusters", "--endpoint-url", there.endpoint().toString(), "-o", "json");
      assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
      assertTrue(result.out().contains("not one of EKS in eu-west-1"), result.out());
      assertTrue(result.out().contains("\"complete\" : false"), result.out());
    }
  }

  private static Cluster atLoopback(Cluster cluster) {
    return Edit.of(Cluster.class)
        .with("endpoint", Optional.of("https://127.0.0.1:1"))
        .with("certificateAuthority", Optional.of("TUlJ"))
        .apply(cluster);
  }

  @Test
  void aSnapshotOverwritesNothing() {
    Command.demo(folder.resolve("account"));
    Result result = run("snapshot", "account", "--endpoint-url", bed.endpoint().toString());
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertTrue(result.err().contains("account is there already"), result.err());
    assertEquals(0, bed.calls().size());
  }

  @Test
  void progressIsForPeopleAtATerminal() {
    Result quiet =
        Command.in(folder)
            .onTerminal()
            .run("audit", "-q", "--endpoint-url", bed.endpoint().toString());
    assertEquals("", quiet.err());
    Result shown =
        Command.in(folder).onTerminal().run("audit", "--endpoint-url", bed.endpoint().toString());
    assertTrue(shown.err().startsWith("\r\u001b[Kreading: "), shown.err());
    assertTrue(shown.err().endsWith("\r\u001b[K"), shown.err());
  }

  @Test
  void missingCredentialsAreOneSentenceThatSaysWhatToDo() {
    assumeTrue(
        Stream.of(
                "AWS_ACCESS_KEY_ID",
                "AWS_PROFILE",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
            .allMatch(name -> System.getenv(name) == null),
        "the environment has credentials");
    System.clearProperty("aws.accessKeyId");
    Map<String, String> nowhere =
        Map.of(
            "aws.disableEc2Metadata",
            "true",
            "aws.configFile",
            folder.resolve("none").toString(),
            "aws.sharedCredentialsFile",
            folder.resolve("none").toString());
    nowhere.forEach(System::setProperty);
    try {
      Result result = run("audit", "--endpoint-url", bed.endpoint().toString());
      assertEquals(Exit.ERROR, result.exitCode(), result.all());
      assertEquals(
          "eks-identity: Cannot tell whose account to audit: there are no AWS credentials; name a"
              + " profile, or sign in and set AWS_PROFILE.\n",
          result.err());
    } finally {
      nowhere.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void aRegionThatDoesNotExistIsNoGreenBuild() {
    Result result =
        run(
            "audit",
            "--region",
            "eu-wst-1",
            "--rules",
            "provider-missing",
            "--endpoint-url",
            bed.endpoint().toString());
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertTrue(result.err().contains("eu-wst-1 is not an enabled region"), result.err());
    assertTrue(result.err().contains("eu-west-1"), result.err());
  }

  @Test
  void anAuditOfOneRegionIsCompleteAndItsHeadSaysSo() {
    Result result =
        run(
            "audit",
            "--region",
            "eu-west-1",
            "--require-complete",
            "--fail-on",
            "none",
            "--endpoint-url",
            bed.endpoint().toString());
    assertEquals(Exit.OK, result.exitCode(), result.all());
    assertTrue(result.out().contains("Only clusters in eu-west-1 are read (--region)."));
    assertTrue(result.out().contains("--clusters asks "), result.out());
    assertTrue(result.out().contains("--trail asks "), result.out());
    assertFalse(result.out().contains("INCOMPLETE"), result.out());
  }

  @Test
  void aProfileThatCannotBeUsedIsNamedWithTheReason() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("aws-config"),
            """
            [profile production]
            region = eu-west-1
            [profile signed]
            sso_session = corp
            sso_account_id = 111122223333
            sso_role_name = audit
            [profile over]
            role_arn = arn:aws:iam::111122223333:role/auditor
            source_profile = signed
            [sso-session corp]
            sso_start_url = https://corp.awsapps.com/start
            sso_region = eu-west-1
            """);
    Map<String, String> files =
        Map.of(
            "aws.configFile",
            config.toString(),
            "aws.sharedCredentialsFile",
            folder.resolve("none").toString());
    files.forEach(System::setProperty);
    try {
      String[] audit = {"audit", "--endpoint-url", bed.endpoint().toString(), "--profile", ""};
      Map<String, String> said =
          Map.of(
              "prodution", "There is no profile prodution",
              "nopeprofile", "There is no profile nopeprofile",
              "signed", "aws sso login --profile signed",
              "over", "aws sso login --profile signed");
      for (var entry : said.entrySet()) {
        audit[audit.length - 1] = entry.getKey();
        Result result = run(audit);
        assertEquals(Exit.ERROR, result.exitCode(), result.all());
        assertTrue(result.err().contains(entry.getValue()), result.err());
      }
      audit[audit.length - 1] = "prodution";
      assertTrue(run(audit).err().contains("did you mean production?"));
    } finally {
      files.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void anAccountThatDoesNotAnswerIsOneSentence() {
    bed.close();
    Result result = run("audit", "--endpoint-url", bed.endpoint().toString());
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertEquals(1, result.err().lines().count(), result.err());
  }
}
