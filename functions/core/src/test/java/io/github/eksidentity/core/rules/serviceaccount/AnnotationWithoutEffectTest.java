package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.PodEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class AnnotationWithoutEffectTest extends RuleContract {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  AnnotationWithoutEffectTest() {
    super(new AnnotationWithoutEffect());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("skip-containers on the service account")
            .in(
                annotated(
                    Map.of(
                        "eks.amazonaws.com/role-arn",
                        roleArn("app"),
                        "eks.amazonaws.com/skip-containers",
                        "proxy")))
            .at("payments/ledger")
            .saying("skip-containers"),
        flags("a value that is no boolean of Go")
            .in(
                annotated(
                    Map.of(
                        "eks.amazonaws.com/role-arn",
                        roleArn("app"),
                        "eks.amazonaws.com/sts-regional-endpoints",
                        "fAlSe")))
            .at("payments/ledger")
            .saying("fAlSe"),
        flags("an audience on the pods")
            .in(
                template(
                    irsaBound(),
                    PodEdits.annotations(Map.of("eks.amazonaws.com/audience", "other"))))
            .at("payments/ledger"),
        flags("a name with a space before it, which no container has")
            .in(
                template(
                    irsaBound(),
                    PodEdits.annotations(
                        Map.of("eks.amazonaws.com/skip-containers", "proxy, cache"))))
            .at("payments/ledger")
            .saying(" cache"),
        flags("a lifetime of the pod that is no number")
            .in(
                template(
                    irsaBound(),
                    PodEdits.annotations(Map.of("eks.amazonaws.com/token-expiration", "1h"))))
            .at("payments/ledger"),
        accepts("annotations where they are read")
            .in(
                annotated(
                    Map.of(
                        "eks.amazonaws.com/role-arn", roleArn("app"),
                        "eks.amazonaws.com/sts-regional-endpoints", "T",
                        "eks.amazonaws.com/token-expiration", "3600"))),
        accepts("a pod that names a container of its own")
            .in(
                template(
                    irsaBound(),
                    both(
                        PodEdits.moreContainers("proxy", false),
                        PodEdits.annotations(
                            Map.of("eks.amazonaws.com/skip-containers", "proxy,"))))));
  }

  private static TestAccount irsaBound() {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .annotated("prod", "payments", "ledger", roleArn("app"));
  }

  private static TestAccount template(TestAccount in, UnaryOperator<Pod> template) {
    return in.podOfTemplate("prod", "payments", "ledger", "ledger", template);
  }

  private static UnaryOperator<Pod> both(UnaryOperator<Pod> one, UnaryOperator<Pod> other) {
    return pod -> other.apply(one.apply(pod));
  }

  private static TestAccount annotated(Map<String, String> annotations) {
    return account()
        .cluster("prod")
        .role("app", irsa(issuer("prod"), LEDGER))
        .serviceAccount("prod", "payments", "ledger", annotations)
        .pod("prod", "payments", "ledger", "ledger");
  }
}
