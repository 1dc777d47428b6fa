package io.github.eksidentity.core.rules.role;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class RoleNoPermissionsTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  RoleNoPermissionsTest() {
    super(new RoleNoPermissions());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("no policy at all")
            .in(with(RoleEdits.inlinePolicies(List.of())))
            .at(roleArn("app"))
            .saying("policies of resources"),
        accepts("an inline policy").in(with(UnaryOperator.identity())),
        accepts("an attached policy")
            .in(
                with(old ->
                        RoleEdits.attachedPolicies(List.of("arn:aws:iam::111122223333:policy/own"))
                            .apply(RoleEdits.inlinePolicies(List.of()).apply(old)))
                    .managedPolicy(
                        "arn:aws:iam::111122223333:policy/own",
                        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
                            + " \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}]}")),
        accepts("a role that is not for pods")
            .in(
                account()
                    .role(
                        "person",
                        policy(
                            "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\":"
                                + " \"arn:aws:iam::111122223333:root\"}, \"Action\":"
                                + " \"sts:AssumeRole\"}"),
                        RoleEdits.inlinePolicies(List.of()))));
  }

  private static TestAccount with(UnaryOperator<io.github.eksidentity.core.facts.Role> change) {
    return account()
        .cluster("prod")
        .role("app", irsa(ISSUER, "system:serviceaccount:payments:ledger"), change);
  }
}
