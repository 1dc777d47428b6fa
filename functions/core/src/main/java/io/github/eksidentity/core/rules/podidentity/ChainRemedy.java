package io.github.eksidentity.core.rules.podidentity;

import io.github.eksidentity.core.facts.PolicyDocument;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How to close the chain from an association's role to its target role. Whether the target role is
/// to trust somebody is its owner's to say; what it says already may be completed.
final class ChainRemedy {
  private static final String POLICY = "eks-pod-identity-target-role";

  private ChainRemedy() {}

  /// The target role does not exist.
  static Remediation missing(TargetChain chain) {
    return Remediation.decide(
        "Decide which role the pods are to end up with.",
        "Make the role " + chain.target() + " with the trust policy " + statement(chain),
        "aws eks update-pod-identity-association"
            + Associations.options(chain.subject())
            + " --target-role-arn <role>");
  }

  /// The target role's trust does not allow an action.
  static Remediation untrusted(TargetChain chain, TrustPolicy policy, String action) {
    Role target = chain.targetTrust().orElseThrow().role();
    TrustEdit edit = TrustEdit.of(target.trustDocument());
    for (Statement statement : policy.statements()) {
      if (action.equals(AssociationTrust.TAG)
          && !statement.actions().negated()
          && chain.allowsAlone(policy, statement)) {
        edit =
            edit.setActions(
                statement.index(),
                Stream.concat(
                        statement.actions().patterns().stream().map(Text::value),
                        Stream.of(AssociationTrust.TAG))
                    .toList());
      }
    }
    String after = edit.document();
    boolean mends =
        TrustPolicyParser.parse(after)
            .policy()
            .filter(
                mended ->
                    chain.actions().stream()
                        .allMatch(each -> chain.decide(mended, each) instanceof Decision.Allowed))
            .isPresent();
    return mends
        ? Remediation.fix(
            "Let the target role's statement allow sts:TagSession too.",
            new Change.ReplaceTrustPolicy(target.arn(), target.trustDocument(), after))
        : Remediation.decide(
            "Decide whether the pods are meant to have the role " + target.name() + ".",
            "If so, add to its trust policy: " + statement(chain),
            "If not: aws eks update-pod-identity-association"
                + Associations.options(chain.subject())
                + " --target-role-arn <role>");
  }

  /// The source role lacks the permission.
  static Remediation unpermitted(TargetChain chain) {
    String document =
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": [%s],
              "Resource": "%s"
            }
          ]
        }
        """
            .formatted(actions(chain), chain.target());
    Role source = chain.source();
    TargetChain mended =
        new TargetChain(
            chain.subject(),
            source.withPolicy(new PolicyDocument(POLICY, document)),
            chain.target(),
            chain.context());
    return mended.actions().stream().allMatch(action -> mended.permission(action).isAllowed())
        ? Remediation.fix(
            "Let the association's role assume the target role.",
            new Change.PutInlinePolicy(source.arn(), POLICY, document))
        : Remediation.decide(
            "A Deny or the permissions boundary of role "
                + source.name()
                + " stands against it; decide whether it may go.",
            "Let them allow " + actions(chain) + " on " + chain.target() + ".");
  }

  private static String actions(TargetChain chain) {
    return chain.actions().stream()
        .map(action -> "\"" + action + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String statement(TargetChain chain) {
    return "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \""
        + chain.source().arn()
        + "\"}, \"Action\": ["
        + actions(chain)
        + "]"
        + chain
            .association()
            .externalId()
            .map(id -> ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"" + id + "\"}}")
            .orElse("")
        + "}";
  }
}
