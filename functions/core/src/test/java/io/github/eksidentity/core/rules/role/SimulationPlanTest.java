package io.github.eksidentity.core.rules.role;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.eksidentity.core.audit.Settings;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Inventory;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation.Question;
import io.github.eksidentity.core.rules.Inventories;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.SettingsEdits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The simulator is asked about what the rule needs to know, and about nothing else.
final class SimulationPlanTest {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String CERTIFICATES = "system:serviceaccount:cert-manager:cert-manager";
  private static final String ZONE = "arn:aws:route53:::hostedzone/Z1";

  @Test
  void anAddonsNeedsAreAskedAboutOnTheResourcesThatTheDocumentsName() {
    assertEquals(
        List.of(
            new Question(roleArn("app"), "route53:GetChange", "*"),
            new Question(roleArn("app"), "route53:ChangeResourceRecordSets", ZONE)),
        RoleRules.questions(
            withPolicy(CERTIFICATES, "route53:ChangeResourceRecordSets", ZONE), Settings.DEFAULTS));
  }

  @Test
  void ofARoleOfNoAddonOnlyWhatTheSettingsNameIsAskedAbout() {
    Inventory account = withPolicy(LEDGER, "s3:GetObject", "arn:aws:s3:::b/*");
    assertEquals(List.of(), RoleRules.questions(account, Settings.DEFAULTS));
    assertEquals(
        List.of(new Question(roleArn("app"), "sqs:SendMessage", "*")),
        RoleRules.questions(account, needing("sqs:SendMessage")));
  }

  @Test
  void anActionOnManyResourcesIsLeftToTheDocuments() {
    Inventory account = withPolicy(LEDGER, "s3:GetObject", "a:1\", \"a:2\", \"a:3\", \"a:4");
    assertEquals(List.of(), RoleRules.questions(account, needing("s3:GetObject")));
  }

  @Test
  void nothingIsAskedForARuleThatIsOffOrCannotDecide() {
    Inventory account = withPolicy(CERTIFICATES, "route53:*", "*");
    Settings off = SettingsEdits.disabledRules(RolePermissionsMissing.ID);
    assertEquals(List.of(), RoleRules.questions(account, off));
    Inventory unread =
        Inventories.withCoverage(
            account,
            Map.of(Scope.account(Scope.Kind.IAM_POLICIES), new Coverage.Skipped("not asked for")));
    assertEquals(List.of(), RoleRules.questions(unread, Settings.DEFAULTS));
  }

  private static Inventory withPolicy(String subject, String action, String resource) {
    return account()
        .cluster("prod")
        .role(
            "app",
            irsa(issuer("prod"), subject),
            RoleEdits.inlinePolicies(
                List.of(
                    new PolicyDocument(
                        "inline",
                        """
                        {"Statement": [{"Effect": "Allow", "Action": "%s", "Resource": ["%s"]}]}\
                        """
                            .formatted(action, resource)))))
        .build();
  }

  private static Settings needing(String action) {
    return SettingsEdits.requiredActions(Map.of("app", Set.of(action)));
  }
}
