package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is remembered from audit to audit, as a person at a command line sees it.
final class StoreCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
  private static final String BOOTSTRAP = "arn:aws:iam::111122223333:role/platform-bootstrap";

  private final Path folder;
  private final Path account;

  StoreCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.account = Command.demo(folder.resolve("account"));
  }

  private Result run(String... args) {
    return Command.in(folder).run(args);
  }

  private Result ok(String... args) {
    Result result = run(args);
    assertEquals(Exit.OK, result.exitCode(), result.all());
    return result;
  }

  private JsonNode json(String... args) throws IOException {
    return MAPPER.readTree(run(args).out());
  }

  private Result audit(String... more) {
    return run(
        Stream.concat(
                Stream.of("audit", "--snapshot", "account", "--store", "file:store"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private JsonNode auditJson(String... more) throws IOException {
    return MAPPER.readTree(
        audit(Stream.concat(Stream.of("--output", "json"), Stream.of(more)).toArray(String[]::new))
            .out());
  }

  private void day(int day) throws IOException {
    Files.writeString(account.resolve("taken-at.txt"), "2026-11-%02dT06:00:00Z\n".formatted(day));
  }

  private void replace(String file, String old, String current) throws IOException {
    Path path = account.resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(old), file);
    Files.writeString(path, text.replace(old, current));
  }

  /// Takes the administrator's rights off the one role that has them.
  private void mend() throws IOException {
    replace("authorization-details.json", ADMIN, "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy");
  }

  private static Set<String> texts(JsonNode list, String member) {
    Set<String> texts = new TreeSet<>();
    list.forEach(item -> texts.add(item.get(member).textValue()));
    return texts;
  }

  private static String idOf(JsonNode findings, String rule, String resource) {
    for (JsonNode finding : findings) {
      if (finding.get("rule").textValue().equals(rule)
          && finding.get("resource").textValue().equals(resource)) {
        return finding.get("id").textValue();
      }
    }
    throw new AssertionError(rule + " at " + resource);
  }

  @Test
  void theFirstAuditIsABaselineAndTheSecondSaysWhatChanged() throws IOException {
    JsonNode first = auditJson();
    assertEquals(first.get("findings").size(), first.get("transitions").size());
    assertEquals(Set.of("opened"), texts(first.get("transitions"), "transition"));
    first.get("transitions").forEach(item -> assertTrue(item.get("baseline").booleanValue()));
    assertEquals("111122223333-2026-11-20T06:00:00Z", first.at("/run/id").textValue());
    assertEquals("111122223333", first.at("/run/account").textValue());
    assertFalse(first.at("/run/suspect").booleanValue());

    day(21);
    mend();
    JsonNode second = auditJson();

    assertEquals(Set.of("resolved"), texts(second.get("transitions"), "transition"));
    assertEquals(Set.of(BOOTSTRAP), texts(second.get("transitions"), "resource"));
    assertEquals(Set.of("role-privileged"), texts(second.get("transitions"), "rule"));
    assertEquals(0, second.get("held").size());
    assertEquals(
        idOf(first.get("findings"), "role-privileged", BOOTSTRAP),
        second.at("/transitions/0/finding").textValue());
  }

  @Test
  void theSameSnapshotAgainIsTheSameRun() throws IOException {
    JsonNode first = auditJson();
    String journal = Files.readString(folder.resolve("store/journal.jsonl"));
    String digest = ok("digest", "--store", "file:store").out();

    assertEquals(first, auditJson());
    assertEquals(journal, Files.readString(folder.resolve("store/journal.jsonl")));
    assertEquals(digest, ok("digest", "--store", "file:store").out());
    assertTrue(audit().out().contains("was recorded before; nothing is new."));
  }

  @Test
  void anOlderAuditIsRefusedInASentence() throws IOException {
    audit();
    day(19);

    Result older = audit();

    assertEquals(Exit.ERROR, older.exitCode(), older.all());
    assertEquals("", older.out());
    assertEquals(
        "eks-identity: This audit is as of 2026-11-19T06:00:00Z, and the store knows a later one of"
            + " account 111122223333, as of 2026-11-20T06:00:00Z. Nothing was recorded; audit"
            + " without --store to see its findings.\n",
        older.err());
  }

  @Test
  void withoutAStoreNothingIsRememberedAndNothingIsSaidOfIt() throws IOException {
    Result plain = run("audit", "--snapshot", "account", "--output", "json");

    assertFalse(plain.out().contains("\"transitions\""), "no drift");
    try (var files = Files.list(folder)) {
      assertEquals(List.of(account), files.toList());
    }
  }

  @Test
  void aDeniedScopeResolvesNothing() throws IOException {
    audit();
    day(21);
    Files.delete(account.resolve("open-id-connect-providers.json"));
    Files.writeString(
        account.resolve("errors.json"),
        """
        [{"scope": "oidc", "error": "AccessDenied", "message": "not authorized"}]
        """);

    JsonNode second = auditJson();

    assertEquals(Set.of("unverified"), texts(second.get("transitions"), "transition"));
    assertFalse(second.at("/run/complete").booleanValue());
    String digest = ok("digest", "--store", "file:store").out();
    assertTrue(digest.contains("Audit: NOT complete, 1 scope not read to the end."), digest);
    assertTrue(digest.contains("COVERAGE LOST\n  - OIDC providers: "), digest);
    day(22);
    assertEquals(0, auditJson().get("transitions").size(), "told once");
    assertEquals("", ok("digest", "--store", "file:store").out());
    JsonNode unverified =
        json("findings", "--store", "file:store", "--status", "unverified", "-o", "json");
    assertEquals(second.get("transitions").size(), unverified.get("findings").size());
  }

  @Test
  void aNarrowedAuditChangesNothingElse() throws IOException {
    audit();
    day(21);
    mend();

    assertEquals(0, auditJson("--rules", "role-unused").get("transitions").size());
    day(22);
    assertEquals(0, auditJson("--exclude-rules", "role-privileged").get("transitions").size());
    day(23);
    assertEquals(1, auditJson("--rules", "role-privileged").get("transitions").size());
  }

  @Test
  void theSettingsSayWhatIsTooGoodToBeTrue() throws IOException {
    Files.writeString(folder.resolve("eks-identity.yaml"), "suspectPercent: 0\nsuspectCount: 0\n");
    audit();
    day(21);
    mend();

    JsonNode suspect = auditJson();

    assertTrue(suspect.at("/run/suspect").booleanValue());
    assertEquals(Set.of("role-privileged"), texts(suspect.get("held"), "rule"));
    assertEquals(0, suspect.get("transitions").size());
    day(22);
    assertEquals(Set.of("resolved"), texts(auditJson().get("transitions"), "transition"));
  }

  @Test
  void findingsAreListedByWhatIsAskedFor() throws IOException {
    audit();
    day(21);
    mend();
    JsonNode all = auditJson().get("findings");
    String[] base = {"findings", "--store", "file:store", "--output", "json"};

    assertEquals(texts(all, "id"), texts(json(base).get("findings"), "id"));
    for (String[] query :
        new String[][] {
          {"--cluster", "prod-us", "cluster"},
          {"--role", "arn:aws:iam::111122223333:role/cluster-debug", "role"},
          {"--rule", "trust-no-condition", "rule"},
          {"--severity", "critical", "severity"},
          {"--status", "open", "status"},
          {"--account", "111122223333", "account"}
        }) {
      JsonNode found =
          json(Stream.concat(Stream.of(base), Stream.of(query[0], query[1])).toArray(String[]::new))
              .get("findings");
      assertEquals(Set.of(query[1]), texts(found, query[2]), query[0]);
    }
    JsonNode resolved =
        json("findings", "--store", "file:store", "--status", "resolved", "-o", "json")
            .at("/findings/0");
    assertEquals(BOOTSTRAP, resolved.get("resource").textValue());
    assertEquals("2026-11-21T06:00:00Z", resolved.get("resolvedAt").textValue());
    assertEquals("fixed", resolved.get("resolution").textValue());
    assertEquals("2026-11-20T06:00:00Z", resolved.get("firstSeen").textValue());
    assertEquals("2026-11-20T06:00:00Z", resolved.get("lastSeen").textValue());
    assertEquals(0, resolved.get("reopenCount").intValue());
    assertFalse(resolved.get("muted").booleanValue());
    JsonNode open = json("findings", "--store", "file:store", "-o", "json").at("/findings/0");
    assertEquals("2026-11-21T06:00:00Z", open.get("lastSeen").textValue(), "although not written");
    assertEquals(
        0,
        json(
                "findings",
                "--store",
                "file:store",
                "--status",
                "resolved",
                "--now",
                "2027-02-19T06:00:00Z",
                "-o",
                "json")
            .get("findings")
            .size(),
        "forgotten after 90 days");
    String table = ok("findings", "--store", "file:store", "--severity", "critical").out();
    assertTrue(table.contains("■ CRITICAL"), table);
    assertTrue(table.contains("first seen 2026-11-20"), table);
  }

  @Test
  void oneFindingShowsItsHistory() throws IOException {
    String id = idOf(auditJson().get("findings"), "role-privileged", BOOTSTRAP);
    day(21);
    mend();
    audit();

    String text = ok("findings", "show", id, "--store", "file:store").out().replaceAll("\\s+", " ");
    JsonNode json = json("findings", "show", id, "--store", "file:store", "-o", "json");

    assertTrue(text.contains("resolved 2026-11-21 06:00 UTC (fixed)"), text);
    assertTrue(text.contains("opened by the first read of eks/eu-west-1"), text);
    assertEquals(List.of("opened", "resolved"), json.get("history").findValuesAsText("transition"));
    assertEquals(id, json.at("/finding/id").textValue());
    Result unknown = run("findings", "show", "f1-0", "--store", "file:store");
    assertEquals("eks-identity: There is no finding f1-0 in this store.\n", unknown.err());
    assertEquals(Exit.ERROR, unknown.exitCode());
  }

  @Test
  void runsAreListedLatestFirst() throws IOException {
    audit();
    day(21);
    mend();
    audit();

    JsonNode runs = json("runs", "--store", "file:store", "-o", "json").get("runs");
    String text = ok("runs", "--store", "file:store").out();

    assertEquals(
        List.of("2026-11-21T06:00:00Z", "2026-11-20T06:00:00Z"), runs.findValuesAsText("now"));
    assertEquals(1, runs.at("/0/transitions/resolved").intValue());
    assertEquals("completed", runs.at("/0/state").textValue());
    assertTrue(text.startsWith("2026-11-21 06:00 UTC  account 111122223333  completed"), text);
    assertEquals(
        1, json("runs", "--store", "file:store", "--limit", "1", "-o", "json").get("runs").size());
  }

  @Test
  void aMuteTakesEffectWithTheNextAudit() throws IOException {
    audit();
    String now = "2026-11-20T12:00:00Z";
    String added =
        ok(
                "mute",
                "add",
                "--store",
                "file:store",
                "--rule",
                "role-*",
                "--resource",
                "*:role/platform-bootstrap",
                "--owner",
                "team-a",
                "--reason",
                "goes in May",
                "--until",
                "2026-11-21",
                "--now",
                now)
            .out();
    String id = added.split(" ", 3)[1];
    assertTrue(ok("findings", "--store", "file:store").out().contains("role-privileged"));

    day(21);
    JsonNode muting = auditJson("--fail-on", "none");

    assertEquals(Set.of("muted"), texts(muting.get("transitions"), "transition"));
    assertFalse(ok("findings", "--store", "file:store").out().contains("role-privileged"));
    assertTrue(ok("findings", "--store", "file:store", "--muted").out().contains("open, muted"));
    assertFalse(audit().out().contains("role-privileged"), "not shown in the table");
    assertTrue(audit().out().contains("1 muted finding is not shown"));
    assertTrue(ok("digest", "--store", "file:store").out().contains("Besides: 1 muted."));
    day(22);
    JsonNode unmuting = auditJson();
    assertEquals(Set.of("opened", "unmuted"), texts(unmuting.get("transitions"), "transition"));
    assertEquals(
        Set.of("mute-expired", "role-privileged"), texts(unmuting.get("transitions"), "rule"));
    assertTrue(ok("digest", "--store", "file:store").out().contains("role-privileged  (unmuted)"));
    assertTrue(
        ok("mute", "list", "--store", "file:store", "--now", now).out().contains(id + "  until"));
    JsonNode mute = json("mute", "list", "--store", "file:store", "-o", "json").at("/mutes/0");
    assertEquals("team-a", mute.get("owner").textValue());
    assertFalse(mute.get("inForce").booleanValue());
    ok("mute", "remove", id, "--store", "file:store");
    assertEquals("No mutes.\n", ok("mute", "list", "--store", "file:store").out());
    assertEquals(
        "eks-identity: There is no mute " + id + " in this store.\n",
        run("mute", "remove", id, "--store", "file:store").err());
  }

  @Test
  void mutedFindingsDoNotFail() {
    audit("--rules", "role-privileged");
    ok(
        "mute",
        "add",
        "--store",
        "file:store",
        "--rule",
        "role-privileged",
        "--resource",
        "*",
        "--owner",
        "o",
        "--reason",
        "r",
        "--until",
        "2999-12-31");

    Result next = audit("--rules", "role-privileged", "--now", "2026-11-21T06:00:00Z");

    assertEquals(Exit.OK, next.exitCode(), next.all());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mute | mute needs a command: add, list or remove.",
        "mute add --rule role-unused --resource x --owner o --reason r | '--until=DATE'",
        "mute add --rule role-unused --resource x --owner o --until 2999-01-01 | '--reason=WHY'",
        "mute add --rule role-unused --resource x --reason r --until 2999-01-01 | '--owner=WHO'",
        "mute add --rule role-unusd --resource x --owner o --reason r --until 2999-01-01"
            + " | the nearest is role-unused",
        "mute add --rule zz* --resource x --owner o --reason r --until 2999-01-01"
            + " | No rule matches zz*.",
        "mute add --rule * --resource x --owner o --reason r --until 2020-01-01"
            + " | --until 2020-01-01 is past",
        "mute add --rule * --resource x --owner o --reason r --until May"
            + " | --until needs a date such as 2027-05-31, not May",
        "findings --status mended | --status is open, unverified",
        "findings --account 42 | --account needs the twelve digits of an account, not 42",
        "findings --now noon | --now needs a time",
        "runs --limit 0 | --limit needs a number from 1 on",
        "digest --run a/b | --run needs the id of a run, not a/b",
        "findings --store s3:bucket | --store needs file: and a directory",
        "findings --store file: | --store needs file: and a directory"
      })
  void aWrongCommandLineIsExplained(String line, String message) {
    Result result = run(line.split(" "));
    assertEquals(Exit.USAGE, result.exitCode(), result.all());
    assertTrue(result.err().contains(message), result.err());
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @CsvSource({"findings", "runs", "digest", "mute list"})
  void withoutAStoreTheCommandSaysHowToMakeOne(String line) {
    Result result = run(line.split(" "));
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertEquals(
        "eks-identity: There is no store at .eks-identity; audit --store file:.eks-identity makes"
            + " one.\n",
        result.err());
  }

  @Test
  void aDamagedStoreIsFoundBeforeTheAccountIsRead() throws IOException {
    audit();
    Files.writeString(folder.resolve("store/journal.jsonl"), "{\"is\":\"Runs\"}\n");
    Files.delete(account.resolve("account.json"));

    Result result = audit();

    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertEquals(
        "eks-identity: The store at store is damaged: journal.jsonl, line 1, column 1: the member"
            + " runs is missing. Mend the line, or restore the file.\n",
        result.err());
  }

  @Test
  void hostileNamesStayText() throws IOException {
    replace("authorization-details.json", "platform-bootstrap", "a\\u001b[2Jb");
    audit();

    for (String line : new String[] {"findings", "digest", "runs"}) {
      Result result = ok(line, "--store", "file:store");
      assertFalse(result.out().contains("\u001b"), result.out());
    }
    String journal = Files.readString(folder.resolve("store/journal.jsonl"));
    assertTrue(journal.chars().allMatch(unit -> unit == '\n' || (unit >= ' ' && unit <= '~')));
  }

  @Test
  void theDefaultStoreIsInTheWorkingDirectory() {
    run("audit", "--snapshot", "account", "--store");

    assertTrue(Files.exists(folder.resolve(".eks-identity/journal.jsonl")));
    assertTrue(ok("findings").out().contains("trust-no-condition"));
  }
}
