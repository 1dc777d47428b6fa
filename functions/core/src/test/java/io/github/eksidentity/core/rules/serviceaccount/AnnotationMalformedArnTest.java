package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.stream.Stream;

final class AnnotationMalformedArnTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationMalformedArnTest() {
    super(new AnnotationMalformedArn());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("white space around the ARN, as a template leaves it")
            .in(with(" " + roleArn("app") + "\n"))
            .at("payments/ledger")
            .saying("white space or quotes")
            .saying("Request ARN is invalid")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the ARN of a session of the role")
            .in(with("arn:aws:sts::111122223333:assumed-role/app/session"))
            .at("payments/ledger")
            .saying("of a session")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the name of the role alone")
            .in(with("app"))
            .at("payments/ledger")
            .saying("not an ARN")
            .admitting(roleArn("app"), "prod", LEDGER),
        flags("the ARN of an instance profile, of which nobody knows what was meant")
            .in(with("arn:aws:iam::111122223333:instance-profile/app"))
            .at("payments/ledger")
            .saying("instance profile"),
        flags("an account id that lacks a digit")
            .in(with("arn:aws:iam::11112222333:role/app"))
            .at("payments/ledger"),
        accepts("the role's ARN").in(with(roleArn("app"))),
        accepts("a malformed value that an association overrides")
            .in(
                with("app")
                    .role(
                        "pods",
                        Trusts.podIdentity(TestAccount.clusterArn("prod"), "payments", "ledger"))
                    .association("prod", "payments", "ledger", roleArn("pods")))
            .alsoFinding("binding-both-mechanisms"));
  }

  private static TestAccount with(String annotation) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", annotation)
        .pod("prod", "payments", "ledger", "ledger");
  }
}
