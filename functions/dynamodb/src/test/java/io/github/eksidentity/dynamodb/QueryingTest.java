package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.FindingStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Runs each command of docs/querying.md with the AWS CLI: it finds something, and says no more
/// than that something is not there where that is so.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryingTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "querying.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String TABLE = "findings";

  private final LocalTable.Server server = LocalTable.Server.start();
  private final LocalTable local = LocalTable.at(server.endpoint());

  @BeforeAll
  void record() {
    assumeTrue(
        Stream.of("aws", "bash", "gunzip").allMatch(QueryingTest::onPath),
        "aws, bash or gunzip is not on the PATH");
    local.create(TABLE);
    FindingStore store = new TableStore(local.client(), TABLE);
    Days.both(store);
  }

  @AfterAll
  void stop() {
    local.close();
    server.close();
  }

  private static List<String> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  /// The first block sets names, which are others here.
  @TestFactory
  Stream<DynamicTest> eachCommandFindsSomething() throws IOException {
    List<String> blocks = blocks();
    assertTrue(blocks.getFirst().startsWith("TABLE="), "names come first");
    assertTrue(blocks.size() > 12, "the page has commands");
    return blocks.stream()
        .skip(1)
        .map(block -> DynamicTest.dynamicTest(title(block), () -> findsSomething(block)));
  }

  private static String title(String block) {
    return block.lines().filter(line -> line.contains("-expression '")).findFirst().orElse(block);
  }

  private void findsSomething(String block) throws IOException, InterruptedException {
    String output = run(block);

    String said = output.replace("None", "").strip();
    assertFalse(said.isEmpty() || said.equals("[]") || said.equals("null"), block + "\n" + output);
  }

  private String run(String block) throws IOException, InterruptedException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block);
    bash.environment()
        .putAll(
            Map.of(
                "TABLE",
                TABLE,
                "ACCOUNT",
                Day.ACCOUNT,
                "FINDING",
                Days.role(2).id(),
                "RUN",
                Days.second().runId().value(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                "AKIAIOSFODNN7EXAMPLE",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_DEFAULT_REGION",
                "eu-west-1",
                "AWS_PAGER",
                ""));
    Process process = bash.redirectErrorStream(true).start();
    process.outputWriter().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> block + "\n" + output);
    return output;
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
