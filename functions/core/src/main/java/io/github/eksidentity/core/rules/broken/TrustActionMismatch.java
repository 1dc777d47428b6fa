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
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.podidentity.AssociationTrust;
import io.github.eksidentity.core.rules.podidentity.Associations;
import io.github.eksidentity.core.rules.podidentity.PodScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Flags a statement whose actions are not those by which its principal assumes a role.
public final class TrustActionMismatch implements Rule.OnRole {
  private static final String SAML = "sts:AssumeRoleWithSAML";

  /// Ways of assuming a role that are not for holders of a token.
  private static final Set<String> OF_OTHERS =
      Set.of("sts:assumerole", SAML.toLowerCase(Locale.ROOT));

  private static final RuleMetadata METADATA =
      rule(
              "trust-action-mismatch",
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.BROKEN_TRUST,
              "Action is not the one by which the principal assumes a role")
          .why(
              "Pods with a token of an OIDC provider call sts:AssumeRoleWithWebIdentity. The"
                  + " service of Pod Identity, pods.eks.amazonaws.com, calls sts:AssumeRole and"
                  + " sts:TagSession. The statement names the one and allows the other's action."
                  + " sts:* and sts:AssumeRole* cover the call of a token.")
          .risk(
              "No pod gets in by the statement. High where the role admits others through the same"
                  + " provider.")
          .remediation(
              "Allow sts:AssumeRoleWithWebIdentity to a provider, sts:AssumeRole and sts:TagSession"
                  + " to pods.eks.amazonaws.com.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
              "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html")
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
    List<Statement> ofService = ofService(context.index().trust(role));
    Verdict ofTokens =
        BrokenStatement.judge(
            role,
            context,
            StatementFault.OtherAction.class,
            broken -> violated(role, broken, context));
    if (ofService.isEmpty()) {
      return ofTokens;
    }
    return switch (ofTokens) {
      case Verdict.Violated both ->
          both.withEvidence(
              Stream.concat(
                      both.evidence().stream(),
                      ofService.stream().map(TrustActionMismatch::service))
                  .toList());
      case Verdict.Satisfied _, Verdict.Undecided _ -> violatedByService(role, ofService, context);
    };
  }

  /// The statements that name the service of Pod Identity for another way of assuming a role, where
  /// none lets it assume the role in its own.
  private static List<Statement> ofService(RoleTrust trust) {
    boolean assumes =
        !trust.parsed().accepted()
            || trust.podDoors().stream().anyMatch(door -> covers(door, AssociationTrust.ASSUME));
    return assumes
        ? List.of()
        : trust.podDoors().stream()
            .filter(door -> covers(door, PodRequests.WEB_IDENTITY) || covers(door, SAML))
            .toList();
  }

  private static boolean covers(Statement door, String action) {
    return door.actions().covers(action);
  }

  private static Verdict violated(
      Role role, List<BrokenStatement<StatementFault.OtherAction>> broken, AuditContext context) {
    return BrokenStatement.violated(
        broken,
        METADATA.severity(),
        title(role),
        one ->
            List.of(
                evidence(
                    one.way().statement(),
                    "tokens of the provider come with another action",
                    PodRequests.WEB_IDENTITY)),
        ProvenFix.fix(
                role,
                broken,
                TrustActionMismatch::corrected,
                "Allow the action by which the provider's tokens come.",
                context)
            .orElseGet(
                () ->
                    Remediation.decide(
                        "Decide which service accounts are to get in; with the right action the"
                            + " statement would admit more than it names.",
                        "Write \"Action\": \"sts:AssumeRoleWithWebIdentity\" and name the service"
                            + " accounts: \"StringEquals\": {\""
                            + broken.getFirst().way().subjectKey()
                            + "\": \"system:serviceaccount:<namespace>:<name>\", \""
                            + broken.getFirst().way().audienceKey()
                            + "\": \"sts.amazonaws.com\"}",
                        "If the statement is for another principal, remove the provider from it")));
  }

  private static String title(Role role) {
    return "The actions of role " + role.name() + " are not those of its principal";
  }

  private static Evidence service(Statement door) {
    return evidence(
        door,
        RoleTrust.POD_IDENTITY + " comes with other actions",
        String.join(", ", PodRequests.POD_IDENTITY));
  }

  private static Evidence evidence(Statement statement, String summary, String claim) {
    return Evidence.in(statement, summary)
        .withKey(statement.actions().negated() ? "NotAction" : "Action")
        .withValue(Text.join(statement.actions().patterns()))
        .withClaim(claim)
        .withAt(statement.actions().at());
  }

  private static Optional<TrustEdit> corrected(
      TrustEdit edit, BrokenStatement<StatementFault.OtherAction> one) {
    PodStatement way = one.way();
    Statement statement = way.statement();
    if (statement.actions().negated()) {
      return Optional.empty();
    }
    boolean tokensOnly =
        statement.principals().entries().stream()
            .allMatch(principal -> principal.kind() == PrincipalKind.FEDERATED);
    List<String> actions = new ArrayList<>();
    statement.actions().patterns().stream()
        .map(Text::value)
        .filter(action -> !tokensOnly || !OF_OTHERS.contains(action.toLowerCase(Locale.ROOT)))
        .forEach(actions::add);
    actions.add(PodRequests.WEB_IDENTITY);
    return Optional.of(
        ProvenFix.withAudience(edit.setActions(statement.index(), actions), way, statement));
  }

  private static Verdict violatedByService(
      Role role, List<Statement> statements, AuditContext context) {
    return Verdict.violated(
            METADATA.severity(),
            title(role),
            statements.stream().map(TrustActionMismatch::service).toList(),
            forAssociations(role, statements, context)
                .orElseGet(TrustActionMismatch::decideMechanism))
        .withStsError(StsError.NO_POD_IDENTITY_CREDENTIALS);
  }

  /// Where the role has associations, it is meant for exactly them.
  private static Optional<Remediation> forAssociations(
      Role role, List<Statement> statements, AuditContext context) {
    List<AssociationTrust> concerned =
        context.index().associationsOf(role.arn()).stream()
            .sorted(Comparator.comparing(Resource.OfAssociation::id))
            .flatMap(association -> AssociationTrust.of(association, context).stream())
            .toList();
    boolean alone = statements.stream().allMatch(one -> one.principals().entries().size() == 1);
    if (concerned.isEmpty() || !alone) {
      return Optional.empty();
    }
    TrustEdit edit = TrustEdit.of(role.trustDocument());
    for (Statement statement : statements.reversed()) {
      edit = edit.removeStatement(statement.index());
    }
    for (String statement : PodScope.statements(concerned)) {
      edit = edit.addStatement(statement);
    }
    return Associations.replace(
        concerned.getFirst(),
        concerned,
        edit.document(),
        "Put a statement for each of the role's associations in its place.",
        context);
  }

  private static Remediation decideMechanism() {
    return Remediation.decide(
        "Decide by which mechanism pods are to reach the role.",
        "For Pod Identity: \"Action\": [\"sts:AssumeRole\", \"sts:TagSession\"], with conditions on"
            + " aws:RequestTag/eks-cluster-arn, kubernetes-namespace and"
            + " kubernetes-service-account",
        "For IRSA: \"Principal\": {\"Federated\":"
            + " \"arn:aws:iam::<account>:oidc-provider/<issuer>\"}");
  }
}
