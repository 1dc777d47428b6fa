package io.github.eksidentity.report.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.testbed.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lets the real Terraform read the configuration of every change. It is checked against the AWS
/// provider where `TERRAFORM_PLUGIN_DIR` names a local mirror that has it.
final class TerraformEmulatorTest {
  private final Path folder;

  TerraformEmulatorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void writeOneFileForEachChange() throws IOException {
    assumeTrue(Programs.onPath("terraform"), "terraform is not on the PATH");
    for (Change change : Changes.all()) {
      ChangeText text = ChangeText.of(change);
      Files.writeString(folder.resolve(text.kind() + ".tf"), text.terraform() + "\n");
    }
  }

  @Test
  void configurationIsLaidOutAsTerraformDoes() throws Exception {
    Result result = terraform("fmt", "-check", "-diff", "-recursive");
    assertEquals(0, result.exitCode(), result.output());
  }

  @Test
  void configurationIsValid() throws Exception {
    String mirror = System.getenv("TERRAFORM_PLUGIN_DIR");
    assumeTrue(mirror != null, "TERRAFORM_PLUGIN_DIR names no mirror of providers");
    Result initialised =
        terraform("init", "-backend=false", "-input=false", "-plugin-dir=" + mirror);
    assertEquals(0, initialised.exitCode(), initialised.output());
    Result result = terraform("validate", "-no-color");
    assertEquals(0, result.exitCode(), result.output());
  }

  private record Result(int exitCode, String output) {}

  private Result terraform(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.outputWriter().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
