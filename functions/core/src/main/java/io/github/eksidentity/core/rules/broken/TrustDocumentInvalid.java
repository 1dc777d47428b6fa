package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.json.Json;
import io.github.eksidentity.core.json.JsonLimits;
import io.github.eksidentity.core.json.JsonReader;
import io.github.eksidentity.core.json.JsonResult;
import io.github.eksidentity.core.policy.parse.Problem;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.List;

/// Flags a trust document of a role for pods that IAM would refuse, or that allows nothing.
public final class TrustDocumentInvalid implements Rule.OnRole {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "trust-document-invalid";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "The trust policy is one that IAM refuses, or it allows nothing")
          .why(
              "The document breaks the grammar of IAM policies, names something that a trust policy"
                  + " cannot have, or has no Allow statement. IAM says so when it is saved, mostly"
                  + " without saying where; here each problem has its line and column. In an"
                  + " account that was read, it also means that the document did not come through"
                  + " intact.")
          .risk("Saving it fails, or the role lets nobody in. No other rule looks at the role.")
          .remediation(
              "Correct the document at the places named and check it again: eks-identity policy"
                  + " check.")
          .references(
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
              "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html")
          .needs(Need.IAM)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    List<Problem> problems =
        trust.parsed().problems().stream()
            .filter(problem -> problem.fault() == Problem.Fault.INVALID)
            .toList();
    return problems.isEmpty() || !concernsPods(role.trustDocument())
        ? Verdict.satisfied()
        : violated(trust, problems);
  }

  /// Whether the document speaks of EKS, however badly; one that is no policy at all may speak of
  /// anything.
  private static boolean concernsPods(String document) {
    return document.contains(RoleTrust.POD_IDENTITY)
        || TrustedProvider.looksLikeEks(document)
        || !(JsonReader.read(document, JsonLimits.DOCUMENT) instanceof JsonResult.Read(Json.Obj _));
  }

  private static Verdict violated(RoleTrust trust, List<Problem> problems) {
    Role role = trust.role();
    boolean accepted = trust.parsed().accepted();
    return Verdict.violated(
            METADATA.severity(),
            accepted
                ? "The trust policy of role " + role.name() + " allows nothing"
                : "IAM refuses the trust policy of role " + role.name(),
            problems.stream().map(TrustDocumentInvalid::evidence).toList(),
            Remediation.decide(
                "Decide who is to assume the role, and save a document that says so.",
                "See every problem with its place: aws iam get-role --role-name "
                    + role.name()
                    + " --query Role.AssumeRolePolicyDocument | eks-identity policy check",
                "Save the corrected document: aws iam update-assume-role-policy --role-name "
                    + role.name()
                    + " --policy-document <document>"))
        .withStsError(StsError.NOT_AUTHORIZED);
  }

  private static Evidence evidence(Problem problem) {
    return switch (problem.consequence()) {
      case REJECTED_BY_IAM ->
          Evidence.of(problem.message() + "; IAM says: " + problem.iamSays()).withAt(problem.at());
      case ACCEPTED_BUT_DEAD -> Evidence.of(problem.message()).withAt(problem.at());
    };
  }
}
