package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.podIdentity;

import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.stream.Stream;

final class AssociationPlatformTooOldTest extends RuleContract {
  AssociationPlatformTooOldTest() {
    super(new AssociationPlatformTooOld());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("below the first platform version of its Kubernetes version")
            .in(associated("1.28", "eks.3"))
            .at(clusterArn("prod"))
            .saying("nearest=Optional[eks.4]"),
        flags("1.31 began without it").in(associated("1.31", "eks.3")).at(clusterArn("prod")),
        flags("a Kubernetes version that never had it")
            .in(associated("1.23", "eks.20"))
            .at(clusterArn("prod"))
            .saying("Kubernetes 1.24"),
        accepts("the first platform version").in(associated("1.28", "eks.4")),
        accepts("1.29 from its first platform version on").in(associated("1.29", "eks.1")),
        accepts("numbers are compared as numbers").in(associated("1.25", "eks.10")),
        accepts("every later Kubernetes version").in(associated("1.32", "eks.1")),
        accepts("no associations")
            .in(
                account()
                    .cluster("prod")
                    .onCluster("prod", ClusterEdits.version("1.24"))
                    .onCluster("prod", ClusterEdits.platformVersion("eks.1"))),
        undecided("a platform version of another form")
            .in(associated("1.33", "eks-local-outposts.1"))
            .at(clusterArn("prod")));
  }

  private static TestAccount associated(String version, String platform) {
    return account()
        .cluster("prod")
        .role("app", podIdentity(clusterArn("prod"), "payments", "ledger"))
        .association("prod", "payments", "ledger", roleArn("app"))
        .onCluster("prod", ClusterEdits.version(version))
        .onCluster("prod", ClusterEdits.platformVersion(platform));
  }
}
