package io.github.eksidentity.core.rules.cluster;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;

import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import java.util.stream.Stream;

final class ClusterStsRegionDisabledTest extends RuleContract {
  ClusterStsRegionDisabledTest() {
    super(new ClusterStsRegionDisabled());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("EKS reports that STS is switched off")
            .in(
                account()
                    .cluster("prod")
                    .healthIssue(
                        "prod", "StsRegionalEndpointDisabled", "STS is not enabled in eu-west-1"))
            .at(clusterArn("prod"))
            .saying("RegionDisabledException")
            .saying("STS is not enabled in eu-west-1"),
        accepts("another health issue")
            .in(
                account()
                    .cluster("prod")
                    .healthIssue("prod", "SubnetNotFound", "a subnet is gone")),
        accepts("no health issue").in(account().cluster("prod")));
  }
}
