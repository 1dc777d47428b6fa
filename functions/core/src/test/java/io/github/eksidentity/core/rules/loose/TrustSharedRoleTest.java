package io.github.eksidentity.core.rules.loose;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.List;
import java.util.stream.Stream;

final class TrustSharedRoleTest extends RuleContract {
  private static final String ISSUER = issuer("prod");

  private static final String TRUST =
      policy(
          """
          {"Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
           "Action": ["sts:AssumeRole", "sts:TagSession"],
           "Condition": {"StringEquals": {"aws:RequestTag/eks-cluster-arn": "%s",
             "aws:RequestTag/kubernetes-namespace": ["payments", "orders", "search"],
             "aws:RequestTag/kubernetes-service-account": "api"}}}\
          """
              .formatted(clusterArn("prod")));

  TrustSharedRoleTest() {
    super(new TrustSharedRole());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("subjects of three namespaces")
            .in(with(List.of("payments", "orders", "search")))
            .at(roleArn("app"))
            .saying("orders, payments, search"),
        flags("the same subject of three clusters")
            .in(
                account()
                    .cluster("one")
                    .cluster("two")
                    .cluster("three")
                    .role("app", policy(exact("one"), exact("two"), exact("three"))))
            .at(roleArn("app"))
            .saying(clusterArn("two")),
        flags("associations in three namespaces")
            .in(associations())
            .at(roleArn("app"))
            .saying("orders, payments, search"),
        flags("two namespaces, where the settings say so")
            .in(with(List.of("payments", "orders")))
            .with(SettingsEdits.sharedNamespaces(2))
            .at(roleArn("app")),
        accepts("two namespaces").in(with(List.of("payments", "orders"))),
        accepts("associations in three namespaces, told apart by session tags")
            .in(
                associations()
                    .role(
                        "app",
                        TRUST,
                        RoleEdits.inlinePolicies(
                            List.of(
                                new PolicyDocument(
                                    "own-prefix",
                                    """
                                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
                                      "Resource": "arn:aws:s3:::data/${aws:PrincipalTag/kubernetes-namespace}/*"}]}\
                                    """))))));
  }

  private static TestAccount with(List<String> namespaces) {
    String values =
        String.join(
            ", ",
            namespaces.stream().map(name -> "\"system:serviceaccount:" + name + ":api\"").toList());
    return account()
        .cluster("prod")
        .role(
            "app",
            policy(
                web(
                    ISSUER,
                    "{\"StringEquals\": {\"%1$s:aud\": \"sts.amazonaws.com\", \"%1$s:sub\": [%2$s]}}"
                        .formatted(ISSUER, values))));
  }

  private static String exact(String cluster) {
    return web(issuer(cluster), equalTo(issuer(cluster), "system:serviceaccount:kube-system:dns"));
  }

  private static TestAccount associations() {
    return account()
        .cluster("prod")
        .role("app", TRUST)
        .association("prod", "payments", "api", roleArn("app"))
        .association("prod", "orders", "api", roleArn("app"))
        .association("prod", "search", "api", roleArn("app"));
  }
}
