package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.TrustSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What rules share about associations that get no credentials.
public final class Associations {
  private Associations() {}

  /// A violation that is carried by one association for all of its cluster with the same cause.
  static Verdict.Violated violated(
      AssociationTrust carrier,
      Severity severity,
      String title,
      List<Evidence> causes,
      List<AssociationTrust> concerned,
      Remediation remediation) {
    List<Evidence> evidence = new ArrayList<>(causes);
    for (AssociationTrust other : concerned) {
      if (!other.subject().equals(carrier.subject())) {
        evidence.add(likewise(other.association()));
      }
    }
    return Verdict.violated(severity, title, evidence, remediation)
        .withStsError(StsError.NO_POD_IDENTITY_CREDENTIALS)
        .withRole(carrier.trust().role().arn());
  }

  /// What stands in the evidence for a further association with the same cause.
  static Evidence likewise(Association other) {
    return Evidence.of(
            "the same holds for the association of "
                + other.namespace()
                + "/"
                + other.serviceAccount())
        .withValue(other.arn());
  }

  /// The options by which the AWS CLI finds an association.
  static String options(Resource.OfAssociation one) {
    return " --region "
        + one.cluster().region()
        + " --cluster-name "
        + one.cluster().name()
        + " --association-id "
        + one.association().id();
  }

  /// A fix that puts another document in place of the role's, if it admits all these associations
  /// and every one that is admitted now, and is not too long.
  public static Optional<Remediation> replace(
      AssociationTrust carrier,
      List<AssociationTrust> concerned,
      String after,
      String advice,
      AuditContext context) {
    Optional<TrustPolicy> policy = TrustPolicyParser.parse(after).policy();
    return policy
        .filter(_ -> !TrustSize.isNear(after, context))
        .filter(other -> concerned.stream().allMatch(one -> one.before(other).admitted()))
        .filter(
            other ->
                carrier
                    .siblings(context, AssociationTrust::admitted)
                    .allMatch(one -> one.before(other).admitted()))
        .map(
            _ ->
                Remediation.fix(
                    advice,
                    new Change.ReplaceTrustPolicy(
                        carrier.trust().role().arn(),
                        carrier.trust().role().trustDocument(),
                        after)));
  }
}
