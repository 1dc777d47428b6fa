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
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTest {
  private static final String NO_EDGES =
      "\nAccess: not compared, because old.json holds no edges; earlier versions wrote none.\n";

  private final Path folder;

  DiffCommandTest(@TempDir Path folder) {
    this.folder = folder;
    Command.demo(folder.resolve("before"));
    Command.demo(folder.resolve("after"));
  }

  private Result diff(String before, String after) {
    return Command.in(folder).run("diff", before, after);
  }

  @Test
  void nothingChangedIsNothing() {
    Result result = diff("before", "after");
    assertEquals(Exit.OK, result.exitCode(), result.all());
    assertEquals("0 opened, 0 changed, 0 resolved, 0 not verified\n", result.out());
  }

  @Test
  void whatIsMendedIsResolvedAndTheOtherWayRoundItIsOpened() throws IOException {
    Path details = folder.resolve("after/authorization-details.json");
    String healthy =
        Files.readString(details)
            .replace(
                "\"PolicyArn\": \"arn:aws:iam::aws:policy/AdministratorAccess\"",
                "\"PolicyArn\": \"arn:aws:iam::aws:policy/AmazonEKSClusterPolicy\"");
    Files.writeString(details, healthy);
    Result mended = diff("before", "after");
    assertEquals(Exit.OK, mended.exitCode(), mended.all());
    assertTrue(mended.out().contains("- critical  role-privileged"), mended.out());
    Result broken = diff("after", "before");
    assertEquals(Exit.FINDINGS, broken.exitCode(), broken.all());
    assertTrue(broken.out().contains("+ critical  role-privileged"), broken.out());
  }

  private static void rename(Path details) throws IOException {
    Files.writeString(
        details,
        Files.readString(details)
            .replace(
                "system:serviceaccount:argocd:bootstrap\"",
                "system:serviceaccount:argocd:installer\""));
  }

  @Test
  void waysToRolesThatCameAndWentAreShown() throws IOException {
    rename(folder.resolve("after/authorization-details.json"));
    String out = diff("before", "after").out();
    assertTrue(out.contains("\nAccess: "), out);
    assertTrue(
        out.contains("+ argocd/installer of cluster prod-eu to role platform-bootstrap by irsa"),
        out);
    assertTrue(
        out.contains(
            "- argocd/bootstrap of cluster prod-eu to role platform-bootstrap by irsa (unbound,"
                + " broken,"),
        out);
  }

  @Test
  void whatWasNotReadAgainIsNotResolved() throws IOException {
    Files.delete(folder.resolve("after/authorization-details.json"));
    Result result = diff("before", "after");
    assertTrue(result.out().contains(" 0 resolved,"), result.out());
    assertTrue(result.out().contains("? critical  trust-no-condition"), result.out());
    assertTrue(result.out().contains("iam  complete -> skipped"), result.out());
  }

  @Test
  void whatTheLaterAuditCouldNotDecideIsNotResolved() throws IOException {
    deleteAll(folder.resolve("after/regions/us-east-1"));
    Files.writeString(
        folder.resolve("after/errors.json"),
        """
        [{"scope": "eks/us-east-1", "error": "AccessDeniedException", "message": "no"}]
        """);
    Result result = diff("before", "after");
    assertEquals(Exit.OK, result.exitCode(), result.all());
    assertTrue(result.out().startsWith("0 opened, 0 changed, 0 resolved, "), result.out());
    assertTrue(result.out().contains("? critical  annotation-trust-denies"), result.out());
    assertTrue(result.out().contains("Access: 0 edges added, 0 removed, "), result.out());
  }

  @Test
  void whatTheLaterAuditDidNotAskIsNotResolved() {
    audit("before");
    Command.in(folder)
        .run(
            "audit",
            "--snapshot",
            "before",
            "--rules",
            "trust-no-condition",
            "-o",
            "json",
            "--output-file",
            "some.json");
    String out = diff("before.json", "some.json").out();
    assertTrue(out.startsWith("0 opened, 0 changed, 0 resolved, "), out);
    assertTrue(out.contains("? critical  annotation-trust-denies"), out);
    assertFalse(out.contains("trust-no-condition"), out);
  }

  @Test
  void theFindingsAndWaysOfAClusterThatIsGoneAreGone() throws IOException {
    Path region = folder.resolve("after/regions/us-east-1");
    Files.writeString(region.resolve("clusters.json"), "{\"clusters\": []}");
    deleteAll(region.resolve("clusters"));
    String out = diff("before", "after").out();
    assertTrue(out.contains(", 0 not verified\n"), out);
    assertTrue(out.lines().anyMatch(line -> line.startsWith("Access: 0 edges added, ")), out);
    assertTrue(out.contains("of cluster prod-us to role "), out);
  }

  private static void deleteAll(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void audit(String state) {
    Command.in(folder)
        .run("audit", "--snapshot", state, "-o", "json", "--output-file", state + ".json");
  }

  private void assertOutputsCompareLikeSnapshots() {
    audit("before");
    audit("after");
    String snapshots = diff("before", "after").out();
    assertEquals(snapshots, diff("before.json", "after.json").out());
    assertEquals(snapshots, diff("before.json", "after").out());
    assertEquals(snapshots, diff("before", "after.json").out());
  }

  @Test
  void outputsCompareLikeSnapshots() throws IOException {
    rename(folder.resolve("after/authorization-details.json"));
    assertOutputsCompareLikeSnapshots();
    String out = diff("before.json", "after.json").out();
    assertTrue(out.contains("Access: 1 edge added, 1 removed, 0 not verified"), out);
  }

  @Test
  void aWayThatAnOutputCouldNotSeeAgainIsNotVerified() throws IOException {
    Files.delete(folder.resolve("after/authorization-details.json"));
    assertOutputsCompareLikeSnapshots();
    String out = diff("before.json", "after.json").out();
    assertTrue(out.contains("Access: 0 edges added, 0 removed, "), out);
    assertTrue(out.contains("? argocd/bootstrap of cluster prod-eu to role platform-boot"), out);
  }

  @Test
  void anOutputOfAnEarlierVersionHasNoWaysToCompare() throws IOException {
    audit("after");
    Files.writeString(
        folder.resolve("old.json"),
        """
        {"version": 1, "account": "111122223333", "at": "2026-11-20T06:00:00Z",
         "findings": [], "coverage": [], "undecided": []}
        """);
    String forth = diff("old.json", "after.json").out();
    assertTrue(forth.endsWith(NO_EDGES), forth);
    String back = diff("after", "old.json").out();
    assertTrue(back.endsWith(NO_EDGES), back);
  }

  @Test
  void whatIsNoOutputIsRefusedByName() throws IOException {
    Files.writeString(folder.resolve("other.json"), "{\"version\": 2}");
    Result wrong = diff("before", "other.json");
    assertEquals(Exit.ERROR, wrong.exitCode());
    assertTrue(wrong.err().contains("other.json cannot be compared"), wrong.err());
    Result missing = diff("before", "mistyped.json");
    assertEquals(Exit.ERROR, missing.exitCode());
    assertEquals("eks-identity: There is no file mistyped.json.\n", missing.err());
  }
}
