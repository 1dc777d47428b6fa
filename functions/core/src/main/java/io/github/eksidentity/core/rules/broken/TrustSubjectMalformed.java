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
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import java.util.List;
import java.util.Optional;

/// Flags a subject that no service account's token can carry.
public final class TrustSubjectMalformed implements Rule.OnRole {
  private static final RuleMetadata METADATA =
      rule(
              "trust-subject-malformed",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Subject that no token can carry")
          .why(
              "The subject of a token is system:serviceaccount:<namespace>:<name>, letter by"
                  + " letter, and names in Kubernetes have no capitals. Common are namespace/name,"
                  + " a missing prefix, serviceaccounts with an s, which is a group, and white"
                  + " space.")
          .risk(
              "The value lets nobody in. High where the role admits others through the same"
                  + " provider. A value whose pod gets in by another one is not reported.")
          .remediation("Write the subject as system:serviceaccount:<namespace>:<name>.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/",
              "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/")
          .needs(Need.IAM)
          .refinedBy(Need.OIDC, Need.EKS)
          .yieldsTo("trust-provider-missing")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Role role, AuditContext context) {
    return BrokenStatement.judge(
        role,
        context,
        StatementFault.MalformedSubject.class,
        broken -> violated(role, broken, context));
  }

  private static Verdict violated(
      Role role,
      List<BrokenStatement<StatementFault.MalformedSubject>> broken,
      AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        "Role " + role.name() + " trusts a subject that no token can carry",
        one -> one.faults().stream().map(fault -> evidence(one.way(), fault)).toList(),
        ProvenFix.fix(
                role,
                broken,
                TrustSubjectMalformed::corrected,
                "Write the subject as tokens carry it.",
                context)
            .orElseGet(
                () ->
                    Remediation.decide(
                        "Decide which service account is meant.",
                        "Name it: \"StringEquals\": {\""
                            + broken.getFirst().way().subjectKey()
                            + "\": \"system:serviceaccount:<namespace>:<name>\"}",
                        "If the value is left over, remove it from the list")));
  }

  private static Evidence evidence(PodStatement way, StatementFault.MalformedSubject fault) {
    Evidence evidence =
        Evidence.in(
            way.statement(), fault.condition(), fault.value(), summary(fault.value().value()));
    return fault
        .meant()
        .map(subject -> evidence.withClaim(subject).withNearest(subject))
        .orElseGet(() -> evidence.withClaim("system:serviceaccount:<namespace>:<name>"));
  }

  private static String summary(String value) {
    if (value.startsWith("system:serviceaccounts:")) {
      return "this is the group of a namespace's service accounts; tokens carry no groups to STS";
    }
    if (!value.equals(value.strip())) {
      return "there is white space around the subject";
    }
    if (!value.startsWith(Subject.PREFIX)) {
      return "the subject does not begin with " + Subject.PREFIX;
    }
    return value.chars().anyMatch(Character::isUpperCase)
        ? "names of namespaces and service accounts have no capitals"
        : "the subject has not the form " + Subject.PREFIX + "<namespace>:<name>";
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.MalformedSubject> one) {
    TrustEdit result = edit;
    for (StatementFault.MalformedSubject fault : one.faults()) {
      if (fault.meant().isEmpty()) {
        return Optional.empty();
      }
      result = result.replaceValue(fault.value().at(), fault.meant().get());
    }
    return Optional.of(ProvenFix.withAudience(result, one.way(), one.way().statement()));
  }
}
