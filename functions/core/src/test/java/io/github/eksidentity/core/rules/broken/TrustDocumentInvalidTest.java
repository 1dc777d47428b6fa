package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.Trusts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

final class TrustDocumentInvalidTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String GOOD = irsa(issuer("prod"), LEDGER);

  TrustDocumentInvalidTest() {
    super(new TrustDocumentInvalid());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        refused("Effect in small letters", GOOD.replace("Allow", "allow"), "Effect is \"Allow\""),
        refused(
            "an operator that does not exist",
            GOOD.replace("StringEquals", "StringEqual"),
            "There is no condition operator"),
        refused(
            "a Resource",
            GOOD.replace("\"Action\"", "\"Resource\": \"*\", \"Action\""),
            "Resource"),
        refused("the closing brace is missing", GOOD.substring(0, GOOD.length() - 1), "Not JSON"),
        refused("not a policy at all", "null", "A policy is an object"),
        refused(
            "as IAM returns it, not yet decoded",
            URLEncoder.encode(GOOD, StandardCharsets.UTF_8),
            "URL-encoded"),
        refused(
            "Conditions for Condition: what it would let in does not matter, as IAM refuses it",
            GOOD.replace("\"Condition\"", "\"Conditions\""),
            "has no element \"Conditions\""),
        flags("Deny statements only: IAM stores it, and nobody gets in")
            .in(account().cluster("prod").role("app", GOOD.replace("Allow", "Deny")))
            .at(roleArn("app"))
            .saying("allows nothing")
            .saying("line 2, column 1"),
        flags("the role of an association: what EKS needs cannot be seen in it")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        Trusts.podIdentity(clusterArn("prod"), "payments", "ledger")
                            .replace("\"Service\"", "\"Services\""))
                    .association("prod", "payments", "ledger", roleArn("app")))
            .at(roleArn("app"))
            .saying("There is no kind of principal \"Services\""),
        accepts("a document as it should be").in(account().cluster("prod").role("app", GOOD)),
        accepts("no Version, which is legal")
            .in(
                account()
                    .cluster("prod")
                    .role("app", GOOD.replace("\"Version\": \"2012-10-17\", ", ""))),
        accepts("a role that has nothing to do with EKS")
            .in(
                account()
                    .role(
                        "old",
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                          "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}]}\
                        """)));
  }

  private static Example refused(String title, String document, String problem) {
    return flags(title)
        .in(account().cluster("prod").role("app", document))
        .at(roleArn("app"))
        .saying("IAM refuses the trust policy of role app")
        .saying(problem)
        .saying("; IAM says: ");
  }
}
