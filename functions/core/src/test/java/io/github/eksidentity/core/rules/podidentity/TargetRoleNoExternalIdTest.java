package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.associationArn;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class TargetRoleNoExternalIdTest extends RuleContract {
  private static final String FOREIGN = "arn:aws:iam::444455556666:role/lake";

  TargetRoleNoExternalIdTest() {
    super(new TargetRoleNoExternalId());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("a target in another account without external id")
            .in(chained(AssociationEdits.targetRoleArn(Optional.of(FOREIGN))))
            .at(associationArn("prod", "payments", "ledger"))
            .saying(FOREIGN),
        accepts("a target within the account")
            .in(
                chained(AssociationEdits.targetRoleArn(Optional.of(roleArn("lake"))))
                    .role(
                        "lake",
                        policy(
                            """
                            {"Effect": "Allow", "Principal": {"AWS": "%s"},
                             "Action": ["sts:AssumeRole", "sts:TagSession"]}\
                            """
                                .formatted(roleArn("app"))))),
        accepts("no target role").in(chained(UnaryOperator.identity())),
        undecided("EKS sends an external id; whether it is demanded cannot be read from here")
            .in(
                chained(
                    association ->
                        AssociationEdits.externalId(Optional.of("prod/a-payments-ledger"))
                            .apply(
                                AssociationEdits.targetRoleArn(Optional.of(FOREIGN))
                                    .apply(association))))
            .at(associationArn("prod", "payments", "ledger")));
  }

  private static TestAccount chained(UnaryOperator<Association> change) {
    return account()
        .cluster("prod")
        .role(
            "app",
            podIdentity(clusterArn("prod"), "payments", "ledger"),
            RoleEdits.inlinePolicies(
                List.of(
                    new PolicyDocument(
                        "chain",
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                          "Action": ["sts:AssumeRole", "sts:TagSession"], "Resource": "%s"}]}\
                        """
                            .formatted(FOREIGN)))))
        .association("prod", "payments", "ledger", roleArn("app"), change);
  }
}
