package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are not what they should be, and words that name nothing: one sentence that says why,
/// and no green build.
@Timeout(120)
final class HostileInputTest {
  private final Path folder;

  HostileInputTest(@TempDir Path folder) {
    this.folder = folder;
    Command.demo(folder.resolve("account"));
  }

  private Result run(String... args) {
    return Command.in(folder).run(args);
  }

  /// One sentence, exit 1, and a reason that is more than the path.
  private static String refused(Result result) {
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertEquals("", result.out());
    assertFalse(result.err().contains("Exception"), result.err());
    return result.err();
  }

  @Test
  void aTabIsNamedWithItsLine() throws IOException {
    Files.writeString(
        folder.resolve("c.yaml"), "rules:\n\ttrust-no-audience:\n\t\tenabled: false\n");
    String said = refused(run("audit", "--snapshot", "account", "--config", "c.yaml"));
    assertTrue(said.contains("c.yaml, line 2: indented by a tab"), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: 'b", "a: [b", "a: \"b", "{", "a: b: c", "- a\nb: c", "a: &b *c", "%x"})
  void noComplaintIsAboutWhatTheParserWasDoing(String yaml) throws IOException {
    Files.writeString(folder.resolve("c.yaml"), yaml);
    String said = refused(run("audit", "--snapshot", "account", "--config", "c.yaml"));
    assertTrue(said.startsWith("eks-identity: c.yaml"), said);
    assertFalse(said.contains("while "), said);
  }

  @Test
  void severalFaultsOfTheSettingsAreALineEach() throws IOException {
    Files.writeString(folder.resolve("c.yaml"), "unusedDays: x\nidleHours: y\nnoSuchKey: 1\n");
    String said = refused(run("audit", "--snapshot", "account", "--config", "c.yaml"));
    assertEquals(3, said.lines().count(), said);
    assertTrue(said.lines().allMatch(line -> line.startsWith("eks-identity: c.yaml, line ")), said);
  }

  @Test
  void aReportThatCannotBeWrittenSaysWhy() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    String nowhere =
        refused(run("audit", "--snapshot", "account", "-o", "json", "--output-file", "no/x.json"));
    assertTrue(nowhere.contains("no/x.json: there is no such file or folder"), nowhere);
    String below =
        refused(
            run("audit", "--snapshot", "account", "-o", "json", "--output-file", "file/x.json"));
    assertFalse(below.stripTrailing().endsWith("file/x.json"), below);
    String store = refused(run("audit", "--snapshot", "account", "--store", "file:file"));
    assertTrue(store.contains("there is something of this name already"), store);
    String snapshot = refused(run("snapshot", "no-folder/x.zip", "--snapshot", "account"));
    assertTrue(snapshot.contains("there is no such file or folder"), snapshot);
  }

  @Test
  void whatDiffCannotCompareIsSaidInItsOwnWords() throws IOException {
    Files.writeString(folder.resolve("x.zip"), "hello");
    Files.write(folder.resolve("cut.zip"), new byte[] {'P', 'K', 3, 4, 0});
    Files.writeString(folder.resolve("empty.json"), "");
    for (String other : List.of("x.zip", "cut.zip", "empty.json", "nowhere.zip")) {
      String said = refused(run("diff", "account", other));
      assertTrue(said.contains(other), said);
      assertFalse(said.contains("token"), said);
    }
  }

  @Test
  void pipesDevicesAndLinksToNothingAreRefusedAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo here");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    for (String odd : List.of("pipe", "/dev/zero", "link")) {
      refused(run("audit", "--snapshot", odd));
      refused(run("audit", "--snapshot", "account", "--config", odd));
      refused(run("diff", odd, "account"));
      refused(run("policy", "check", odd));
      refused(run("snapshot", "out", "--snapshot", odd));
    }
    refused(run("snapshot", "link", "--snapshot", "account"));
    assertFalse(Files.exists(folder.resolve("gone")));
  }

  @Test
  void aTimeThatNoSnapshotCanBeOfIsRefused() throws IOException {
    for (String time :
        List.of("+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "1969-12-31T00:00:00Z")) {
      Files.writeString(folder.resolve("account/taken-at.txt"), time);
      assertTrue(refused(run("audit", "--snapshot", "account")).contains("taken-at.txt"));
    }
    Result now = run("audit", "--snapshot", "account", "--now", "+1000000000-12-31T23:59:59Z");
    assertEquals(Exit.USAGE, now.exitCode(), now.all());
  }

  @Test
  void aRunOfTheFutureKeepsNoOtherOut() {
    String[] audit = {"audit", "--snapshot", "account", "--store", "file:st", "--quiet"};
    run("audit", "--snapshot", "account", "--store", "file:st", "--now", "9999-12-31T00:00:00Z");
    Result next = run(audit);
    assertEquals(Exit.FINDINGS, next.exitCode(), next.all());
    assertEquals(Exit.FINDINGS, run(audit).exitCode());
    Result runs = run("runs", "--store", "file:st");
    assertTrue(runs.out().indexOf("2026-11-20") < runs.out().indexOf("9999-12-31"), runs.out());
  }

  @Test
  void anAuditWithoutARuleIsRefused() throws IOException {
    Result none =
        run(
            "audit",
            "--snapshot",
            "account",
            "--rules",
            "role-unused",
            "--exclude-rules",
            "role-unused");
    assertEquals(Exit.USAGE, none.exitCode(), none.all());
    Files.writeString(
        folder.resolve("eks-identity.yaml"), "rules: {role-unused: {enabled: false}}\n");
    Result off = run("audit", "--snapshot", "account", "--rules", "role-unused");
    assertEquals(Exit.USAGE, off.exitCode(), off.all());
  }

  @Test
  void theHeadOfAReportSaysWhatWasLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("eks-identity.yaml"),
        "rules: {role-unused: {enabled: false}, trust-no-audience: {severity: info}}\n");
    Result result = run("audit", "--snapshot", "account", "--exclude-rules", "role-privileged");
    String head = result.out().substring(0, result.out().indexOf("Coverage"));
    assertTrue(
        head.contains("Settings of eks-identity.yaml switch off 1 rule: role-unused."), head);
    assertTrue(head.contains("change the severity of 1 rule: trust-no-audience."), head);
    assertTrue(head.contains("rules are asked (--rules, --exclude-rules)."), head);
    Result whole = Command.in(folder.resolve("account")).run("audit", "--snapshot", ".");
    assertFalse(whole.out().contains("switch off"), whole.out());
  }

  @ParameterizedTest
  @CsvSource({
    "--rule, no-such-rule, rule",
    "--rule, role-unusd, role-unused",
    "--cluster, prod-e, prod-eu",
    "--account, 111122223334, 111122223333",
    "--role, velero-bakup, velero-backup",
    "--role, arn:aws:iam::111122223333:role/nobody, nobody"
  })
  void aNameThatTheStoreDoesNotKnowIsNoEmptyList(String option, String value, String said) {
    run("audit", "--snapshot", "account", "--store", "file:st", "--quiet");
    Result result = run("findings", "--store", "file:st", option, value);
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertTrue(result.err().contains(said), result.err());
  }

  @Test
  void aRoleIsFoundByItsNameAndASeverityIsAThreshold() {
    run("audit", "--snapshot", "account", "--store", "file:st", "--quiet");
    Result named = run("findings", "--store", "file:st", "--role", "velero-backup");
    assertTrue(named.out().contains("velero-backup"), named.all());
    String high = run("findings", "--store", "file:st", "--severity", "high").out();
    assertTrue(high.contains("CRITICAL") && high.contains("HIGH"), high);
    assertFalse(high.contains("MEDIUM"), high);
  }

  @Test
  void whatIsMutedIsMarkedAndCountedApart() {
    String[] audit = {
      "audit", "--snapshot", "account", "--store", "file:st", "--rules", "role-unused", "--now"
    };
    run(append(audit, "2026-11-20T06:00:00Z"));
    run(
        "mute",
        "add",
        "--store",
        "file:st",
        "--rule",
        "role-unused",
        "--resource",
        "*",
        "--owner",
        "team",
        "--reason",
        "known",
        "--until",
        "2999-05-31");
    Result json = run(append(audit, "2026-11-21T06:00:00Z", "-o", "json"));
    assertTrue(json.out().contains("\"muted\" : true"), json.out());
    assertFalse(json.out().contains("\"muted\" : false"), json.out());
    assertTrue(json.out().matches("(?s).*\"low\" : 0,.*\"muted\" : [1-9].*"), json.out());
    Result table = run(append(audit, "2026-11-22T06:00:00Z"));
    assertTrue(table.out().contains("eks-identity findings --muted --store file:st"), table.out());
    Result without = run("audit", "--snapshot", "account", "-o", "json");
    assertTrue(without.out().contains("\"muted\" : 0"), without.out());
  }

  private static String[] append(String[] words, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(words), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  @Test
  void theSameSnapshotTwiceChangesNothing() {
    String[] audit = {"audit", "--snapshot", "account", "--store", "file:st"};
    run(audit);
    String again = run(audit).out();
    assertTrue(again.contains("Since the last run: nothing changed."), again);
  }

  @Test
  void namesAreWholeOnAPipeAndFitATerminal() {
    String piped = run("access", "--snapshot", "account").out();
    assertFalse(piped.contains("\u2026"), piped);
    assertTrue(piped.contains("external-secrets/external-secrets"), piped);
    String shown =
        Command.in(folder)
            .onTerminal()
            .with("NO_COLOR", "1")
            .run("access", "--snapshot", "account")
            .out();
    assertTrue(shown.lines().allMatch(line -> line.length() <= 100), shown);
  }
}
