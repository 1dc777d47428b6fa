package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.dynamodb.LocalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same commands on a table and on files say the same.
final class TableCommandTest {
  private static final String ENDPOINT = "aws.endpointUrlDynamoDb";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE",
          "aws.secretAccessKey", "secret",
          "aws.region", "eu-west-1");
  private static final LocalTable.Server SERVER = LocalTable.Server.start();

  private final Path folder;
  private final Path account;

  TableCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.account = Command.demo(folder.resolve("account"));
  }

  @BeforeAll
  static void settings() {
    SETTINGS.forEach(System::setProperty);
    System.setProperty(ENDPOINT, SERVER.endpoint().toString());
  }

  @AfterAll
  static void stop() {
    SETTINGS.keySet().forEach(System::clearProperty);
    System.clearProperty(ENDPOINT);
    SERVER.close();
  }

  private Result run(String store, String... args) {
    return Command.in(folder)
        .run(Stream.concat(Stream.of(args), Stream.of("--store", store)).toArray(String[]::new));
  }

  private void same(String... args) {
    Result files = run("file:store", args);
    Result table = run("dynamodb:findings", args);
    assertEquals(storeless(files), storeless(table), () -> String.join(" ", args));
  }

  /// Commands to go on with name the store, and are folded where the name makes them too long.
  private static String storeless(Result result) {
    return result
        .all()
        .replaceAll(" \\\\\n +", " ")
        .replaceAll("--store (file:store|dynamodb:findings)", "--store …");
  }

  private static List<String> kinds(Result audit) throws IOException {
    JsonNode json = new ObjectMapper().readTree(audit.out());
    return Stream.concat(
            Stream.of(json.get("run").get("id").asText()),
            json.get("transitions").valueStream().map(JsonNode::toString))
        .toList();
  }

  private void audits() throws IOException {
    String[] audit = {"audit", "--snapshot", "account", "--output", "json"};
    assertEquals(kinds(run("file:store", audit)), kinds(run("dynamodb:findings", audit)));
  }

  @Test
  void aTableAnswersAsFilesDo() throws IOException {
    try (LocalTable table = LocalTable.at(SERVER.endpoint())) {
      table.create("findings");
    }
    same(
        "mute",
        "add",
        "--rule",
        "*",
        "--resource",
        "*:role/platform-bootstrap",
        "--owner",
        "sre",
        "--reason",
        "known",
        "--until",
        "2026-12-31",
        "--now",
        "2026-11-19T00:00:00Z");
    audits();
    same("digest");
    Files.writeString(account.resolve("taken-at.txt"), "2026-11-21T06:00:00Z\n");
    Path roles = account.resolve("authorization-details.json");
    Files.writeString(
        roles,
        Files.readString(roles)
            .replace(
                "arn:aws:iam::aws:policy/AdministratorAccess",
                "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"));
    audits();
    String now = "2026-11-21T06:00:00Z";
    same("digest");
    same("digest", "--run", "111122223333-2026-11-20T06:00:00Z");
    same("findings", "--now", now, "--output", "json");
    same("findings", "--now", now, "--severity", "critical");
    same("findings", "--now", now, "--status", "all", "--muted", "--account", "111122223333");
    same("findings", "--now", now, "--role", "arn:aws:iam::111122223333:role/platform-bootstrap");
    same("findings", "--now", now, "--rule", "trust-any-subject", "--status", "open");
    same("mute", "list", "--output", "json", "--now", now);
    String id =
        new ObjectMapper()
            .readTree(run("file:store", "findings", "--now", now, "--output", "json").out())
            .get("findings")
            .get(0)
            .get("id")
            .asText();
    same("findings", "show", id);
    assertTrue(
        run("dynamodb:findings", "runs").out().contains("111122223333-2026-11-21T06:00:00Z"));
    same("mute", "remove", "m-0000000000");
    run("dynamodb:findings", "mute", "list");
  }

  @Test
  void aTableThatIsNotThereIsSaidInASentence() {
    Result result = run("dynamodb:nowhere", "findings", "--region", "eu-central-1");

    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertEquals(
        "eks-identity: There is no table nowhere in eu-central-1; the stack's output TableName"
            + " names it.\n",
        result.err());
  }

  @Test
  void anAuditFindsOutBeforeItReads() {
    Result result = run("dynamodb:nowhere", "audit", "--snapshot", "not-read");

    assertTrue(result.err().startsWith("eks-identity: There is no table nowhere"), result.all());
  }

  @Test
  void anEndpointThatNobodyServesIsSaidInASentence() {
    Result result = run("dynamodb:findings", "runs", "--endpoint-url", "http://127.0.0.1:1");

    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertTrue(
        result.err().startsWith("eks-identity: The table findings in eu-west-1 cannot be used: "),
        result.all());
  }

  @Test
  void aStoreOfAnotherKindIsWrongUsage() {
    Result result = run("dynamodb:", "findings");

    assertEquals(Exit.USAGE, result.exitCode(), result.all());
    assertTrue(result.err().contains("or dynamodb: and the name of a table"), result.all());
  }
}
