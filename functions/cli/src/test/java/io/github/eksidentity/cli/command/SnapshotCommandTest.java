package io.github.eksidentity.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.cli.Command;
import io.github.eksidentity.cli.Command.Result;
import io.github.eksidentity.cli.console.Exit;
import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.Kubernetes;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.snapshot.Snapshot;
import io.github.eksidentity.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A snapshot of a snapshot, with its own names and with others.
final class SnapshotCommandTest {
  private static final Path DEMO = Path.of("src/main/resources/demo").toAbsolutePath();
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");

  /// Words of the demo's names that say nothing about it, and so stay, or that the files hold for
  /// another reason: as member of an object or in an action.
  private static final Set<String> PUBLIC =
      Set.of(
          """
          actions admin administratoraccess agent amazonaws api app apps argocd arn
          autoscaler aws awsreservedsso awsserviceroleforamazoneks
          awsserviceroleforamazoneksnodegroup balancer batch cert cluster cni com
          compute controller csi default dns driver east ebs ec2 eks eksctl enabled eu events
          external fargate githubusercontent gitlab group hash https iam id identity
          internal io ip karpenter kind kube kubernetes labels legacy load manager masters
          name namespace node nodegroup nodes oidc okta pod podidentityassociation policy
          pricing profile provider release reserved role sa scheduler secrets service
          serviceaccount sso system template terraform token us velero version view
          viewonlyaccess vpc west
          """
              .strip()
              .split("\\s+"));

  private final Path folder;

  SnapshotCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Result run(String... args) {
    return Command.in(folder).run(args);
  }

  private Snapshot redacted(String target) {
    Result written = run("snapshot", target, "--redact", "--snapshot", DEMO.toString());
    assertEquals(Exit.OK, written.exitCode(), written.all());
    assertEquals("", written.all().replaceAll("exit code 0|--- (out|err)|\n", ""));
    return SnapshotReader.read(folder.resolve(target), false);
  }

  @Test
  void anAuditOfTheRedactedDemoFindsTheSame() {
    Snapshot demo = SnapshotReader.read(DEMO, false);
    Snapshot redacted = redacted("redacted.zip");
    assertEquals(demo.takenAt(), redacted.takenAt());
    assertEquals(verdicts(demo), verdicts(redacted));
    assertEquals(Exit.FINDINGS, run("audit", "--snapshot", "redacted.zip").exitCode());
  }

  @Test
  void noNameOfTheDemoIsInTheFiles() throws IOException {
    redacted("redacted");
    Set<String> left = words(names(SnapshotReader.read(DEMO, false).inventory()));
    left.retainAll(words(texts(folder.resolve("redacted"))));
    assertEquals(new TreeSet<>(PUBLIC), left);
  }

  @Test
  void everyTimeTheNamesAreOthers() {
    assertNotEquals(
        redacted("one").inventory().account().id(), redacted("two").inventory().account().id());
  }

  @Test
  void withoutRedactTheNamesStay() {
    Result written = run("snapshot", "copy", "--snapshot", DEMO.toString());
    assertEquals(Exit.OK, written.exitCode(), written.all());
    Snapshot copy = SnapshotReader.read(folder.resolve("copy"), false);
    Snapshot demo = SnapshotReader.read(DEMO, false);
    assertEquals(demo.inventory().sorted(), copy.inventory().sorted());
    assertEquals(demo.takenAt(), copy.takenAt());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.writeString(folder.resolve("mine.zip"), "mine");
    Result refused = run("snapshot", "mine.zip", "--redact", "--snapshot", DEMO.toString());
    assertEquals(Exit.ERROR, refused.exitCode(), refused.all());
    assertTrue(refused.err().contains("mine.zip is there already"), refused.err());
    assertEquals("mine", Files.readString(folder.resolve("mine.zip")));
  }

  @Test
  void optionsThatExcludeOneAnotherAreRefused() {
    Result both = run("snapshot", "out", "--snapshot", DEMO.toString(), "--profile", "prod");
    assertEquals(Exit.USAGE, both.exitCode(), both.all());
    assertTrue(both.err().contains("--snapshot reads files; --profile"), both.err());
    Result tolerant = run("snapshot", "out", "--tolerate-errors");
    assertEquals(Exit.USAGE, tolerant.exitCode(), tolerant.all());
    assertTrue(tolerant.err().contains("--tolerate-errors is for --snapshot"), tolerant.err());
  }

  private static List<String> verdicts(Snapshot snapshot) {
    Assessment assessment =
        new Auditor(Rules.all())
            .audit(snapshot.inventory(), Settings.DEFAULTS, snapshot.takenAt().orElseThrow());
    return Stream.concat(
            assessment.findings().stream().map(one -> one.rule() + " " + one.severity()),
            assessment.undecided().stream().map(one -> one.rule() + " undecided"))
        .sorted()
        .toList();
  }

  private static Stream<String> names(Inventory inventory) {
    return Stream.of(
            Stream.of(inventory.account().id()),
            inventory.roles().stream()
                .flatMap(role -> Stream.of(role.arn(), role.id(), role.tags().toString())),
            inventory.providers().stream()
                .flatMap(one -> Stream.of(one.arn(), one.url(), one.thumbprints().toString())),
            inventory.managedPolicies().keySet().stream().filter(arn -> !arn.contains("::aws:")),
            inventory.clusters().stream().flatMap(SnapshotCommandTest::names))
        .flatMap(names -> names);
  }

  private static Stream<String> names(Cluster cluster) {
    Kubernetes kubernetes = cluster.kubernetes();
    return Stream.of(
            Stream.of(cluster.arn(), cluster.tags().toString()),
            cluster.issuer().stream(),
            cluster.endpoint().stream(),
            cluster.certificateAuthority().stream(),
            cluster.nodeGroups().stream().map(group -> group.name()),
            cluster.associations().stream().flatMap(one -> Stream.of(one.arn(), one.subject())),
            kubernetes.serviceAccounts().stream().map(one -> one.qualifiedName()),
            kubernetes.pods().stream()
                .flatMap(
                    pod -> Stream.of(pod.name(), pod.labels().toString(), pod.node().orElse(""))),
            kubernetes.rbac().bindings().stream()
                .flatMap(binding -> Stream.of(binding.name(), binding.holders().toString())))
        .flatMap(names -> names);
  }

  private static Stream<String> texts(Path files) throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      List<Path> regular = all.filter(Files::isRegularFile).toList();
      TreeSet<String> texts = new TreeSet<>();
      for (Path file : regular) {
        texts.add(files.relativize(file).toString());
        texts.add(Files.readString(file, StandardCharsets.UTF_8));
      }
      return texts.stream();
    }
  }

  /// Words of two letters or more, and numbers that are as long as an account's.
  private static Set<String> words(Stream<String> texts) {
    return texts
        .flatMap(text -> WORD.matcher(text).results())
        .map(word -> word.group().toLowerCase(Locale.ROOT))
        .filter(word -> word.length() > 1 && !word.matches("\\d{1,8}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
