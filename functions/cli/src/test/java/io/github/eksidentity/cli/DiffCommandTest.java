package io.github.eksidentity.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.Command.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTest {
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

  @Test
  void waysToRolesThatCameAndWentAreShown() throws IOException {
    Path details = folder.resolve("after/authorization-details.json");
    Files.writeString(
        details,
        Files.readString(details)
            .replace(
                "system:serviceaccount:argocd:bootstrap\"",
                "system:serviceaccount:argocd:installer\""));
    String out = diff("before", "after").out();
    assertTrue(out.contains("\nAccess: "), out);
    assertTrue(
        out.contains("+ argocd/installer of cluster prod-eu to role platform-bootstrap by irsa"),
        out);
    assertTrue(
        out.contains("- argocd/bootstrap of cluster prod-eu to role platform-bootstrap by irsa"),
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
  void outputsCompareLikeSnapshots() throws IOException {
    for (String state : new String[] {"before", "after"}) {
      Command.in(folder)
          .run("audit", "--snapshot", state, "-o", "json", "--output-file", state + ".json");
    }
    String compared = diff("before.json", "after.json").out();
    String note = "\nAccess: not compared, because the JSON output of audit holds no edges.";
    assertEquals(diff("before", "after").out(), compared.substring(0, compared.indexOf(note)));
    Files.writeString(folder.resolve("other.json"), "{\"version\": 2}");
    Result wrong = diff("before.json", "other.json");
    assertEquals(Exit.ERROR, wrong.exitCode());
    assertTrue(wrong.err().contains("other.json cannot be compared"), wrong.err());
  }
}
