package io.github.eksidentity.core.rules.podidentity;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;

import io.github.eksidentity.core.facts.Addon;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.rules.ClusterEdits;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RoleEdits;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class AddonRoleDriftTest extends RuleContract {
  private static final UnaryOperator<Role> DRIVER_POLICY =
      RoleEdits.attachedPolicies(
          List.of("arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"));

  AddonRoleDriftTest() {
    super(new AddonRoleDrift());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("an annotation that names another role than the add-on")
            .in(
                with(Optional.of(roleArn("ebs")))
                    .annotated("prod", "kube-system", "ebs-csi-controller-sa", roleArn("other")))
            .at("kube-system/ebs-csi-controller-sa")
            .saying("another role than the add-on"),
        flags("an association beside the role of the add-on")
            .in(
                with(Optional.of(roleArn("ebs")))
                    .role(
                        "pods",
                        Trusts.podIdentity(
                            TestAccount.clusterArn("prod"), "kube-system", "ebs-csi-controller-sa"),
                        DRIVER_POLICY)
                    .association("prod", "kube-system", "ebs-csi-controller-sa", roleArn("pods"))
                    .annotated("prod", "kube-system", "ebs-csi-controller-sa", roleArn("ebs")))
            .at("kube-system/ebs-csi-controller-sa")
            .saying("wins over the role of the add-on"),
        flags("an annotation that the add-on does not know of")
            .in(
                with(Optional.empty())
                    .annotated("prod", "kube-system", "ebs-csi-controller-sa", roleArn("ebs")))
            .at("kube-system/ebs-csi-controller-sa")
            .saying("which has none"),
        flags("an annotation that somebody removed")
            .in(
                with(Optional.of(roleArn("ebs")))
                    .serviceAccount("prod", "kube-system", "ebs-csi-controller-sa"))
            .at("kube-system/ebs-csi-controller-sa"),
        accepts("the annotation of the add-on")
            .in(
                with(Optional.of(roleArn("ebs")))
                    .annotated("prod", "kube-system", "ebs-csi-controller-sa", roleArn("ebs"))),
        accepts("a service account of the same name in another namespace")
            .in(
                with(Optional.of(roleArn("ebs")))
                    .annotated("prod", "kube-system", "ebs-csi-controller-sa", roleArn("ebs"))
                    .serviceAccount("prod", "payments", "ebs-csi-controller-sa")));
  }

  private static TestAccount with(Optional<String> role) {
    return account()
        .cluster("prod")
        .onCluster("prod", cluster -> withAddon(cluster, role))
        .role(
            "ebs",
            irsa(issuer("prod"), "system:serviceaccount:kube-system:ebs-csi-controller-sa"),
            DRIVER_POLICY)
        .role(
            "other",
            irsa(issuer("prod"), "system:serviceaccount:kube-system:ebs-csi-controller-sa"),
            DRIVER_POLICY)
        .pod("prod", "kube-system", "ebs-csi-controller", "ebs-csi-controller-sa");
  }

  private static Cluster withAddon(Cluster cluster, Optional<String> role) {
    List<Addon> addons = new ArrayList<>(cluster.addons());
    addons.add(
        new Addon(
            "aws-ebs-csi-driver",
            "v1.40.0-eksbuild.1",
            "ACTIVE",
            role,
            List.of(),
            List.of(),
            Map.of()));
    return ClusterEdits.addons(addons).apply(cluster);
  }
}
