package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;

import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.rules.AssociationEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class PermissionsNeedSessionTagsTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String OWN = "arn:aws:s3:::t/${aws:PrincipalTag/kubernetes-namespace}/*";
  private static final UnaryOperator<Association> OFF = AssociationEdits.disableSessionTags(true);

  PermissionsNeedSessionTagsTest() {
    super(new PermissionsNeedSessionTags());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("an association with tags off, and a resource by a tag")
            .in(associated(allowing(OWN, "{}"), OFF))
            .at(roleArn("app"))
            .saying("kubernetes-namespace"),
        flags("a session policy forces the tags off")
            .in(
                associated(
                    allowing(OWN, "{}"),
                    old -> AssociationEdits.sessionPolicy(Optional.of("{}")).apply(OFF.apply(old))))
            .at(roleArn("app"))
            .saying("session policy"),
        flags("a condition on a tag")
            .in(
                associated(
                    allowing(
                        "*",
                        "{\"StringEquals\": {\"aws:PrincipalTag/eks-cluster-name\": \"prod\"}}"),
                    OFF))
            .at(roleArn("app"))
            .saying("eks-cluster-name"),
        flags("a condition against a tag, by its variable")
            .in(
                associated(
                    allowing(
                        "*",
                        "{\"StringEquals\": {\"s3:ExistingObjectTag/ns\":"
                            + " \"${aws:PrincipalTag/kubernetes-namespace}\"}}"),
                    OFF))
            .at(roleArn("app")),
        flags("a tag that must be there")
            .in(
                associated(
                    allowing(
                        "*", "{\"Null\": {\"aws:PrincipalTag/kubernetes-namespace\": \"false\"}}"),
                    OFF))
            .at(roleArn("app")),
        flags("IRSA alone")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), LEDGER), policies(allowing(OWN, "{}"))))
            .at(roleArn("app"))
            .saying("IRSA"),
        flags("one association has the tags, and another has not")
            .in(
                associated(allowing(OWN, "{}"), OFF)
                    .association("prod", "payments", "other", roleArn("app")))
            .at(roleArn("app"))
            .saying("payments/ledger"),
        accepts("an association with tags")
            .in(associated(allowing(OWN, "{}"), UnaryOperator.identity())),
        accepts("a tag with a default value")
            .in(
                associated(
                    allowing(
                        "arn:aws:s3:::t/${aws:PrincipalTag/kubernetes-namespace, 'x'}/*", "{}"),
                    OFF)),
        accepts("a condition that holds without the tag")
            .in(
                associated(
                    allowing(
                        "*",
                        "{\"StringEqualsIfExists\": {\"aws:PrincipalTag/kubernetes-namespace\":"
                            + " \"payments\"}}"),
                    OFF)),
        accepts("a condition on the absence of the tag")
            .in(
                associated(
                    allowing(
                        "*", "{\"Null\": {\"aws:PrincipalTag/kubernetes-namespace\": \"true\"}}"),
                    OFF)),
        accepts("one of two resources goes without")
            .in(
                associated(
                    allowing(OWN, "{}")
                        .replace("\"" + OWN + "\"", "[\"" + OWN + "\", \"arn:aws:s3:::all/*\"]"),
                    OFF)),
        accepts("the role itself has the tag")
            .in(
                account()
                    .cluster("prod")
                    .role(
                        "app",
                        scoped(),
                        old ->
                            RoleEdits.tags(Map.of("kubernetes-namespace", "payments"))
                                .apply(policies(allowing(OWN, "{}")).apply(old)))
                    .association("prod", "payments", "ledger", roleArn("app"), OFF)),
        accepts("a tag of somebody else")
            .in(associated(allowing("arn:aws:s3:::t/${aws:PrincipalTag/team}/*", "{}"), OFF)));
  }

  private static TestAccount associated(String permissions, UnaryOperator<Association> change) {
    return account()
        .cluster("prod")
        .role("app", scoped(), policies(permissions))
        .association("prod", "payments", "ledger", roleArn("app"), change);
  }

  private static String scoped() {
    return policy(
        "{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"pods.eks.amazonaws.com\"},"
            + " \"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"], \"Condition\":"
            + " {\"ArnEquals\": {\"aws:SourceArn\": \""
            + clusterArn("prod")
            + "\"}}}");
  }

  private static String allowing(String resource, String condition) {
    return policy(
        "{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \""
            + resource
            + "\", \"Condition\": "
            + condition
            + "}");
  }

  private static UnaryOperator<Role> policies(String document) {
    return RoleEdits.inlinePolicies(List.of(new PolicyDocument("own", document)));
  }
}
