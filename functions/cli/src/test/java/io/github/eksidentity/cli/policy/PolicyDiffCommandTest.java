package io.github.eksidentity.cli.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyDiffCommandTest {
  private static final String ISSUER =
      "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
  private static final String NARROW =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/%1$s"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringLike": {"%1$s:sub": "system:serviceaccount:payments:ledger"}}}]}
      """
          .formatted(ISSUER);
  private static final String WIDE = NARROW.replace("payments:ledger", "payments:*");

  private final Path folder;

  PolicyDiffCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void policies() throws IOException {
    Files.writeString(folder.resolve("narrow.json"), NARROW);
    Files.writeString(folder.resolve("wide.json"), WIDE);
  }

  private Result diff(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "policy";
    all[1] = "diff";
    System.arraycopy(args, 0, all, 2, args.length);
    return Command.in(folder).run(all);
  }

  @Test
  void aGainIsShownWithAnExampleAndFails() {
    Result result = diff("narrow.json", "wide.json");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    assertEquals(
        """
        Gain access

          IRSA by provider %s
            + subject          system:serviceaccount:payments:*, but not
                               system:serviceaccount:payments:ledger
              example          system:serviceaccount:payments:b

        Somebody gains access.
        """
            .formatted(ISSUER),
        result.out());
  }

  @Test
  void aLossDoesNotFail() {
    Result result = diff("wide.json", "narrow.json");
    assertEquals(Exit.OK, result.exitCode(), result.all());
    assertTrue(result.out().startsWith("Lose access\n"), result.out());
    assertTrue(result.out().endsWith("Nobody gains access.\n"), result.out());
  }

  @Test
  void standardInputIsOneOfThem() {
    Result result = Command.in(folder).input(WIDE).run("policy", "diff", "-", "wide.json");
    assertEquals(Exit.OK, result.exitCode(), result.all());
    assertEquals("Nobody gains access.\n", result.out());
  }

  @Test
  void jsonHasEveryMember() throws IOException {
    Result result = diff("narrow.json", "wide.json", "-o", "json");
    assertEquals(Exit.FINDINGS, result.exitCode(), result.all());
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertEquals("gain", json.at("/verdict").textValue());
    assertEquals("irsa", json.at("/ways/0/mechanism").textValue());
    assertEquals(
        "system:serviceaccount:payments:*",
        json.at("/ways/0/gained/0/claims/subject/all/0").textValue());
    assertEquals(
        "system:serviceaccount:payments:ledger",
        json.at("/ways/0/gained/0/claims/subject/none/0").textValue());
    assertEquals(
        "system:serviceaccount:payments:b",
        json.at("/ways/0/gained/0/example/subject").textValue());
    assertEquals(0, json.at("/ways/0/gained/0/claims/audience/all").size());
    assertTrue(json.at("/ways/0/lost").isArray());
    assertTrue(json.at("/otherPrincipals").isArray());
  }

  @Test
  void whatIsNotKnownIsNeitherAGainNorNone() throws IOException {
    Files.writeString(
        folder.resolve("open.json"), NARROW.replace("StringLike", "ForAnyValue:Null"));
    Result result = diff("narrow.json", "open.json");
    assertEquals(Exit.INCOMPLETE, result.exitCode(), result.all());
    assertTrue(result.out().contains("Not known"), result.out());
  }

  @Test
  void aDocumentThatIsNoPolicyIsNamed() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{\"Version\": \"2012-10-17\"}");
    Result result = diff("narrow.json", "broken.json");
    assertEquals(Exit.ERROR, result.exitCode(), result.all());
    assertTrue(result.err().contains("broken.json cannot be compared"), result.err());
  }
}
