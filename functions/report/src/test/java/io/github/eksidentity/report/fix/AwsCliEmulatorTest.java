package io.github.eksidentity.report.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.report.Samples;
import io.github.eksidentity.testbed.MotoServer;
import io.github.eksidentity.testbed.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs the commands with the real AWS CLI: against moto_server what it serves, and the rest
/// (audiences of providers, add-ons, associations) as far as the CLI itself checks it.
final class AwsCliEmulatorTest {
  private static final String ONLY_CHECK =
      "aws() { command aws \"$@\" --generate-cli-skeleton output; }\n";

  private static MotoServer moto = MotoServer.NONE;

  @BeforeAll
  static void start() {
    assumeTrue(
        List.of("aws", "moto_server", "bash").stream().allMatch(Programs::onPath),
        "aws, moto_server or bash is not on the PATH");
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    moto.close();
  }

  @Test
  void commandsForIamDoWhatTheySay() throws Exception {
    run(
        "aws iam create-role --role-name ledger --path /payments/ --assume-role-policy-document"
            + " '{}'\n"
            + "aws iam create-instance-profile --instance-profile-name nodes\n"
            + "aws iam add-role-to-instance-profile --instance-profile-name nodes --role-name"
            + " ledger\n"
            + "aws iam create-policy --policy-name own --policy-document '{\"Version\":"
            + " \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:*\","
            + " \"Resource\": \"*\"}]}'");
    String own = "arn:aws:iam::123456789012:policy/own";
    String provider = Samples.PROVIDER.replace(Samples.ACCOUNT, "123456789012");

    make(Changes.createProvider());
    assertEquals("sts.amazonaws.com", provider(provider).strip());
    make(new Change.DeleteProvider(provider));

    make(Changes.replaceTrust());
    assertTrue(
        run("aws iam get-role --role-name ledger --query Role.AssumeRolePolicyDocument")
            .contains("\"StringLike\""));
    make(new Change.AttachPolicy(Changes.ROLE, own));
    make(new Change.DetachPolicy(Changes.ROLE, own));
    make(new Change.AttachPolicy(Changes.ROLE, own));
    make(new Change.PutInlinePolicy(Changes.ROLE, "read", Changes.INLINE));
    assertTrue(
        run("aws iam get-role-policy --role-name ledger --policy-name read")
            .contains("${aws:PrincipalTag/team}/it's/*"));
    make(new Change.LeaveInstanceProfile(Changes.ROLE, "nodes"));
    run("aws iam add-role-to-instance-profile --instance-profile-name nodes --role-name ledger");
    make(new Change.DeleteRole(Changes.ROLE));
    assertEquals("[]", run("aws iam list-roles --query Roles[].RoleName").strip());
  }

  @Test
  void commandsThatTheEmulatorDoesNotServeAreWellFormed() throws Exception {
    for (Change change : Changes.all()) {
      String commands = AwsCli.of(change);
      if (commands.contains("aws eks") || commands.contains("client-id ")) {
        run(ONLY_CHECK + commands);
      }
    }
  }

  private static void make(Change change) throws Exception {
    run(AwsCli.of(change));
  }

  private static String provider(String arn) throws Exception {
    return run(
        "aws iam get-open-id-connect-provider --output text --query ClientIDList"
            + " --open-id-connect-provider-arn "
            + arn);
  }

  private static String run(String script) throws IOException, InterruptedException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
    bash.environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL", moto.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_PAGER", ""));
    Process process = bash.redirectErrorStream(true).start();
    process.outputWriter().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> script + "\n" + output);
    return output;
  }
}
