package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.associationArn;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class AssociationTrustMissingServiceTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AssociationTrustMissingServiceTest() {
    super(new AssociationTrustMissingService());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a role for IRSA only")
            .in(associated(irsa(issuer("prod"), LEDGER)))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("pods.eks.amazonaws.com")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the service is misspelt")
            .in(associated(policy(service("pod.eks.amazonaws.com"))))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("nearest=Optional[pods.eks.amazonaws.com]")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("session tags are switched off")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER))
                    .association(
                        "prod",
                        "payments",
                        "ledger",
                        roleArn("app"),
                        AssociationEdits.disableSessionTags(true)))
            .at(associationArn("prod", "payments", "ledger"))
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("several associations of the role: one finding and one fix")
            .in(
                associated(irsa(issuer("prod"), LEDGER))
                    .association("prod", "payments", "worker", roleArn("app")))
            .at(associationArn("prod", "payments", "ledger"))
            .saying("payments/worker")
            .admitting(roleArn("app"), "prod", LEDGER)
            .admitting(roleArn("app"), "prod", "system:serviceaccount:payments:worker"),
        flags("so many associations that a statement for each would not fit")
            .in(crowd())
            .at(associationArn("prod", "payments", "worker-0")),
        flags("only sts:TagSession is allowed to the service")
            .in(
                associated(
                    policy(
                        service("pods.eks.amazonaws.com")
                            .replace("\"sts:AssumeRole\", ", "")
                            .replace("\"StringEquals\"", "\"StringEquals\""))))
            .at(associationArn("prod", "payments", "ledger")),
        accepts("the service is named")
            .in(associated(podIdentity(clusterArn("prod"), "payments", "ledger"))),
        accepts("the role does not exist: its own rule speaks")
            .in(account().cluster("prod").association("prod", "payments", "ledger", roleArn("app")))
            .alsoFinding("association-role-missing"),
        undecided("everyone is trusted, and whether that covers a service is not documented")
            .in(
                associated(
                    policy(
                        """
                        {"Effect": "Allow", "Principal": {"AWS": "*"},
                         "Action": ["sts:AssumeRole", "sts:TagSession"],
                         "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}\
                        """)))
            .at(associationArn("prod", "payments", "ledger")));
  }

  private static TestAccount associated(String trust) {
    return account()
        .cluster("prod")
        .role("app", trust)
        .association("prod", "payments", "ledger", roleArn("app"));
  }

  private static TestAccount crowd() {
    TestAccount account = account().cluster("prod").role("app", irsa(issuer("prod"), LEDGER));
    for (int i = 0; i < 10; i++) {
      account.association("prod", "payments", "worker-" + i, roleArn("app"));
    }
    return account;
  }

  private static String service(String principal) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "%s"},
     "Action": ["sts:AssumeRole", "sts:TagSession"],
     "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}}\
    """
        .formatted(principal);
  }
}
