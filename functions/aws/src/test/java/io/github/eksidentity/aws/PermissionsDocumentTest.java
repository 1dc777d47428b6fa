package io.github.eksidentity.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/permissions.md says what the collectors declare. `-Ddocs.write=true` writes it anew.
class PermissionsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "permissions.md");

  @Test
  void theDocumentedPolicyIsWhatTheCollectorsDeclare() throws IOException {
    String expected = document();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertEquals(
        expected,
        Files.readString(DOCUMENT),
        "stale: mvn -pl functions/aws -am test -Dtest=PermissionsDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true");
  }

  private static String document() {
    Set<String> usual = new TreeSet<>(IamActions.regular());
    usual.addAll(IamActions.simulation());
    usual.removeAll(IamActions.alwaysAllowed());
    Set<String> narrow = new TreeSet<>(usual);
    narrow.remove("iam:GetAccountAuthorizationDetails");
    narrow.addAll(IamActions.fallback());
    return """
    # Permissions

    An audit only reads. This policy has every action that it calls, and no other:

    ```json
    %s
    ```

    `%s` is called too; AWS answers it to every caller, so no policy needs to allow it.
    With `--trail`, `%s` is called in addition.
    With `--role-arn`, your own credentials need `sts:AssumeRole` on that role, and the policy above belongs to the role.

    What is denied is not guessed: the scope shows up as not covered, with the action that is missing, and
    the rules that need it answer "undecided". Three actions may be left out at little cost:

    | without | what happens |
    |---|---|
    | `account:ListRegions` | every region of EKS that this version knows is tried instead; rules that conclude from the absence of a cluster stay undecided |
    | `iam:GetAccountSummary` | the account's own size limit of trust policies is not known |
    | `iam:SimulatePrincipalPolicy` | whether a role is allowed what it is for is read from the documents of its policies, which do not show the organisation's; the finding says so |

    IAM's policy simulator is asked only about the roles of well-known add-ons and those that `requiredActions` of the settings names;
    it changes nothing, and an account that has neither gets no such call. In a snapshot its answer for a role is the file
    `simulations/<role>.json`, or several in the folder `simulations/<role>/`, as the AWS CLI prints it:

    ```sh
    aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/NAME --action-names route53:GetChange > account/simulations/NAME.json
    ```

    `infra/collect-snapshot.sh` asks so too, about the roles of add-ons. Unlike `eks-identity snapshot` it names no resources: where a role's
    policies allow an action on some resources only, their documents decide, and the finding says so.

    ## Without iam:GetAccountAuthorizationDetails

    Where that action is denied, roles are listed and read one by one. It takes one call for each role, and
    what the roles' own policies allow is not read, so the rules about privileges stay undecided:

    ```json
    %s
    ```
    """
        .formatted(
            policy(usual),
            String.join("`, `", IamActions.alwaysAllowed()),
            String.join("`, `", IamActions.trail()),
            policy(narrow));
  }

  private static String policy(Set<String> actions) {
    String list =
        actions.stream()
            .map(action -> "        \"" + action + "\"")
            .collect(Collectors.joining(",\n"));
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "EksIdentityAuditor",
          "Effect": "Allow",
          "Action": [
    %s
          ],
          "Resource": "*"
        }
      ]
    }\
    """
        .formatted(list);
  }
}
