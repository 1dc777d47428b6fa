package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuditCommandTest {
  private final Path folder;
  private final Path account;

  AuditCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.account = Command.demo(folder.resolve("account"));
  }

  private Result audit(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "audit";
    args[1] = "--snapshot";
    args[2] = account.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Command.in(folder).run(args);
  }

  @Test
  void findingsGoToStandardOutputAndMakeItFail() {
    Result result = audit();
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    assertTrue(result.out().startsWith("Account 111122223333 (aws) at 2026-11-20 06:00 UTC\n"));
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "critical, trust-no-condition, 3",
    "none, trust-no-condition, 0",
    "high, role-unused, 0",
    "LOW, role-unused, 3",
    "medium, role-unused, 0"
  })
  void failOnDecidesFromWhichSeverityOnItFails(String level, String rule, int exitCode) {
    Result result = audit("--fail-on", level, "--rules", rule);
    assertEquals(exitCode, result.exitCode(), result.all());
  }

  @Test
  void whatIsShownDoesNotChangeWhatFails() {
    Result result = audit("--severity", "critical", "--rules", "role-unused", "--fail-on", "info");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    assertFalse(result.out().contains("● LOW"), result.out());
  }

  @Test
  void missingFactsMakeItFailWhereTheyAreRequired() throws IOException {
    Files.delete(account.resolve("open-id-connect-providers.json"));
    String[] rule = {"--rules", "provider-orphaned"};
    assertEquals(Exit.OK, audit(rule).exitCode());
    Result strict = audit("--rules", "provider-orphaned", "--require-complete");
    assertEquals(Exit.INCOMPLETE, strict.exitCode(), strict.all());
    assertTrue(strict.out().contains("!! INCOMPLETE COVERAGE"), strict.out());
    assertEquals(
        Exit.FINDINGS,
        audit("--rules", "provider-orphaned,trust-no-condition", "--require-complete").exitCode());
    assertEquals(
        Exit.FINDINGS, audit("--rules", "trust-no-condition", "--require-complete").exitCode());
  }

  @Test
  void jsonGoesToAFileWhereOneIsNamed() throws IOException {
    Result result = audit("--output", "json", "--output-file", "out.json");
    assertEquals("", result.out());
    String json = Files.readString(folder.resolve("out.json"));
    assertTrue(json.startsWith("{\n  \"version\" : 1,"), json.substring(0, 60));
    assertEquals(json, audit("--output", "json").out());
  }

  @Test
  void timeIsThatOfTheSnapshotUnlessOneIsGiven() throws IOException {
    assertTrue(audit("--now", "2027-01-02T03:04:05Z").out().contains("2027-01-02 03:04 UTC"));
    Files.writeString(account.resolve("taken-at.txt"), "2026-12-24T18:00:00Z\n");
    assertTrue(audit().out().contains("2026-12-24 18:00 UTC"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audit --snapshot a --region eu-west-1 | --snapshot audits files",
        "audit --tolerate-errors | --tolerate-errors is for --snapshot",
        "audit --now yesterday | --now needs a time such as",
        "audit --external-id x | --external-id needs --role-arn",
        "audit --role-arn admin | --role-arn needs the ARN of a role, not admin",
        "audit --region Ireland | --region needs a region such as eu-west-1, not Ireland",
        "audit --endpoint-url here | --endpoint-url needs an http or https URL",
        "audit --rules trust-no-conditon | the nearest is trust-no-condition",
        "audit --output yaml | 'yaml'",
        "audit --snapshoot a | --snapshoot",
        "policy | policy needs a command: evaluate, check or diff",
        "explain --cluster prod | One of --service-account, --pod and --role is missing",
        "explain --cluster prod --service-account ledger | is named NAMESPACE/NAME, not ledger",
        "explain --service-account a/b | --cluster",
        "access --output svg | 'svg'",
        "access --service-account ledger | is named NAMESPACE/NAME, not ledger",
        "policy diff - - | Only one of the two policies can be standard input",
        "rules show nothing | There is no rule nothing",
        "policy evaluate --subject s | --provider is missing",
        "frobnicate | frobnicate"
      })
  void aWrongCommandLineIsExplained(String line, String message) {
    Result result = Command.in(folder).run(line.split(" "));
    assertEquals(Exit.USAGE, result.exitCode(), result.all());
    assertEquals("", result.out());
    assertTrue(result.err().contains(message), result.err());
    assertTrue(result.err().contains(" --help"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void aBrokenSnapshotIsOneSentence() throws IOException {
    Files.writeString(account.resolve("authorization-details.json"), "{\"RoleDetailList\": [");
    Result result = audit();
    assertEquals(Exit.ERROR, result.exitCode());
    assertEquals("", result.out());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(
        result.err().startsWith("eks-identity: authorization-details.json, line 1"), result.err());
    assertTrue(audit("--tolerate-errors").out().contains("!! INCOMPLETE COVERAGE"));
    assertTrue(audit("-v").err().contains("\tat "), "where, if asked");
  }

  @Test
  void missingFilesAreOneSentence() {
    for (String line :
        new String[] {
          "audit --snapshot nowhere",
          "audit --snapshot account --config nowhere.yaml",
          "policy check nowhere.json",
          "policy diff nowhere.json nowhere.json",
          "diff nowhere account",
          "policy evaluate --cases nowhere.jsonl"
        }) {
      Result result = Command.in(folder).run(line.split(" "));
      assertEquals(Exit.ERROR, result.exitCode(), result.all());
      assertTrue(result.err().contains("nowhere"), result.err());
      assertEquals(1, result.err().lines().count(), result.err());
    }
  }

  @Test
  void settingsOfTheFolderCount() throws IOException {
    Files.writeString(
        folder.resolve("eks-identity.yaml"), "rules:\n  trust-no-condition:\n    enabled: false\n");
    assertFalse(audit("--output", "json").out().contains("\"trust-no-condition\""));
    Files.writeString(folder.resolve("eks-identity.yaml"), "rules:\n  trust-no-conditon: {}\n");
    Result wrong = audit();
    assertEquals(Exit.ERROR, wrong.exitCode(), wrong.all());
    assertTrue(
        wrong
            .err()
            .contains(
                "eks-identity.yaml, line 2, column 3: there is no rule \"trust-no-conditon\"; did"
                    + " you mean trust-no-condition?"),
        wrong.err());
  }

  @Test
  void colourOnlyOnATerminalThatWantsIt() {
    String[] demo = {"demo"};
    assertFalse(Command.in(folder).run(demo).out().contains("\u001b"));
    assertTrue(Command.in(folder).onTerminal().run(demo).out().contains("\u001b[1;31m"));
    assertFalse(
        Command.in(folder).onTerminal().with("NO_COLOR", "1").run(demo).out().contains("\u001b"));
    assertFalse(
        Command.in(folder).onTerminal().with("TERM", "dumb").run(demo).out().contains("\u001b"));
    assertFalse(Command.in(folder).onTerminal().run("demo", "--no-color").out().contains("\u001b"));
  }

  @Test
  void tableFitsTheTerminal() {
    for (String columns : new String[] {"60", "80", "132"}) {
      Result result = Command.in(folder).with("COLUMNS", columns).run("demo", "-o", "table");
      int width = Integer.parseInt(columns);
      result
          .out()
          .lines()
          .skip(2)
          .takeWhile(line -> !line.equals("The mail about it"))
          .forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= width, line));
    }
  }

  @Test
  void theDemoShowsASecondDayAndItsMail() {
    String out = Command.in(folder).run("demo").out();
    String mail = out.substring(out.indexOf("The mail about it"), out.indexOf("Try next"));
    assertTrue(mail.contains("Audit: NOT complete, 1 scope not read to the end."), mail);
    assertTrue(mail.contains("CRITICAL  provider-audience-missing  (new)"), mail);
    assertTrue(mail.contains("CRITICAL  role-privileged"), mail);
    assertTrue(mail.contains("COVERAGE LOST\n    - clusters in us-east-1: "), mail);
    mail.lines()
        .filter(line -> !line.strip().startsWith("--"))
        .forEach(line -> assertTrue(line.length() <= 74, line));
    assertFalse(Command.in(folder).run("demo", "-o", "json").out().contains("The mail"));
  }

  @Test
  void everyCommandHelpsWithExamples() {
    for (String command :
        new String[] {
          "audit",
          "access",
          "demo",
          "diff",
          "explain",
          "snapshot",
          "completion",
          "findings",
          "findings show",
          "runs",
          "digest",
          "mute",
          "mute add",
          "mute list",
          "mute remove",
          "rules",
          "rules list",
          "rules show",
          "policy",
          "policy evaluate",
          "policy check",
          "policy diff"
        }) {
      Result result = Command.in(folder).run((command + " --help").split(" "));
      assertEquals(Exit.OK, result.exitCode(), result.all());
      assertTrue(result.out().contains("Example"), result.out());
      assertTrue(result.out().startsWith("Usage: eks-identity " + command), result.out());
    }
    assertTrue(
        Command.in(folder).run("completion", "bash").out().startsWith("#!/usr/bin/env bash"));
    assertTrue(Command.in(folder).run("rules", "list").out().contains("trust-no-condition"));
  }
}
