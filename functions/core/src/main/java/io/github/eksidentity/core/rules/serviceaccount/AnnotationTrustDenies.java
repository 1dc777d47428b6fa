package io.github.eksidentity.core.rules.serviceaccount;

import static io.github.eksidentity.core.audit.RuleMetadata.rule;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Impact;
import io.github.eksidentity.core.audit.Need;
import io.github.eksidentity.core.audit.Rule;
import io.github.eksidentity.core.audit.RuleMetadata;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.remedy.TrustEdit;
import io.github.eksidentity.core.rules.shared.Annotated;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags a service account whose annotated role does not let it in.
public final class AnnotationTrustDenies implements Rule.OnServiceAccount {
  /// The id under which other rooms look up this rule's findings.
  public static final String ID = "annotation-trust-denies";

  private static final RuleMetadata METADATA =
      rule(
              ID,
              Severity.CRITICAL,
              Impact.OUTAGE,
              Category.SERVICE_ACCOUNT,
              "The annotated role does not admit the service account")
          .why(
              "The trust policy names another namespace, service account or cluster, or the role is"
                  + " meant for Pod Identity and the annotation was left behind. Each cluster needs"
                  + " a statement of its own, with its own provider.")
          .risk(
              "Pods get no credentials by this annotation; some SDKs then fall back to the role of"
                  + " the node.")
          .remediation(
              "Let the trust policy admit the service account, or annotate the role that does.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
              "https://repost.aws/knowledge-center/eks-troubleshoot-irsa-errors")
          .breaks(ExplainStep.TRUST)
          .needs(Need.SERVICE_ACCOUNTS, Need.IAM, Need.OIDC)
          .refinedBy(Need.EKS, Need.ASSOCIATIONS, Need.ADDONS)
          .yieldsTo(
              "addon-role-drift",
              "provider-missing",
              "trust-document-invalid",
              "trust-provider-missing",
              "trust-federated-arn-malformed",
              "trust-provider-foreign-account",
              "trust-partition-mismatch",
              "trust-issuer-dead",
              "trust-condition-key-mismatch",
              "trust-wildcard-without-like",
              "trust-subject-malformed",
              "trust-claims-swapped",
              "trust-audience-mismatch",
              "trust-action-mismatch",
              "trust-unsatisfiable",
              "trust-denied",
              "trust-unsupported-claim")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<Annotated> annotated = Annotated.of(subject, context);
    Optional<Role> role = annotated.flatMap(one -> context.index().role(one.roleArn()));
    if (role.isEmpty() || subject.cluster().issuer().isEmpty()) {
      return Verdict.satisfied();
    }
    Annotated one = annotated.get();
    if (otherAudienceGetsIn(one, role.get(), context)) {
      return Verdict.satisfied();
    }
    Optional<Decision> decision = one.decide(role.get(), one.audience(), context);
    if (decision.isEmpty()) {
      return violated(one, role.get(), List.of(refused(one)), context);
    }
    return switch (decision.get()) {
      case Decision.Allowed _ -> Verdict.satisfied();
      case Decision.Unknown(String reason, _) -> Verdict.undecided(reason);
      case Decision.Denied _ ->
          violated(one, role.get(), evidence(one, role.get(), context), context);
    };
  }

  /// Where only the audience stands in the way, the rule about audiences speaks.
  private static boolean otherAudienceGetsIn(Annotated one, Role role, AuditContext context) {
    return !one.audience().equals(PodRequests.DEFAULT_AUDIENCE)
        && one.decide(role, PodRequests.DEFAULT_AUDIENCE, context).orElse(null)
            instanceof Decision.Allowed;
  }

  private static Evidence refused(Annotated one) {
    return Evidence.of("IAM would refuse the role's trust policy as it stands")
        .withKey(AwsAnnotations.ROLE_ARN)
        .withValue(one.roleArn());
  }

  private static Verdict violated(
      Annotated one, Role role, List<Evidence> evidence, AuditContext context) {
    Verdict.Violated violated =
        Verdict.violated(
                METADATA.severity(),
                "The trust policy of role " + role.name() + " does not admit " + one.named(),
                evidence,
                remediation(one, role, context))
            .withStsError(StsError.NOT_AUTHORIZED)
            .withConcern(one.cluster().arn(), one.observation());
    return meantForTheCluster(one, context.index().trust(role))
        ? violated.withConcern(
            role.arn(), Evidence.of("service account " + one.named() + " is shut out by this"))
        : violated;
  }

  /// Whether some statement may have been written for this cluster; one that is right for another
  /// cluster explains nothing.
  private static boolean meantForTheCluster(Annotated one, RoleTrust trust) {
    return trust.policy().isEmpty()
        || trust.webDoors().isEmpty()
        || trust.webDoors().stream()
            .anyMatch(
                door ->
                    door.issuer().equals(one.cluster().issuer())
                        || switch (door.standing()) {
                          case IssuerStanding.Malformed _,
                              IssuerStanding.Gone _,
                              IssuerStanding.DualStack _ ->
                              true;
                          case IssuerStanding.Live _,
                              IssuerStanding.Foreign _,
                              IssuerStanding.Known _ ->
                              false;
                        });
  }

  private static List<Evidence> evidence(Annotated one, Role role, AuditContext context) {
    RoleTrust trust = context.index().trust(role);
    TrustPolicy policy = trust.policy().orElseThrow();
    List<Evidence> evidence = new ArrayList<>();
    for (TrustedProvider door : trust.webDoors()) {
      if (door.issuer().equals(one.cluster().issuer())) {
        evidence.addAll(mismatches(one, role, policy, door.statement()));
      }
    }
    if (evidence.isEmpty()) {
      evidence.add(noStatement(one, role, trust));
    }
    return evidence;
  }

  /// The conditions of a statement that the call of the service account does not meet, each asked
  /// alone.
  private static List<Evidence> mismatches(
      Annotated one, Role role, TrustPolicy policy, Statement statement) {
    List<Evidence> evidence =
        statement.conditions().stream()
            .filter(
                condition -> {
                  Statement alone = statement.allowing().with(List.of(condition));
                  return one.deniedBy(role, policy.with(List.of(alone)));
                })
            .map(condition -> mismatch(one, statement, condition))
            .toList();
    return evidence.isEmpty() && statement.effect() == Effect.ALLOW
        ? List.of(
            Evidence.in(statement, "the statement does not match the service account")
                .withClaim(one.serviceAccount().subject()))
        : statement.effect() == Effect.ALLOW ? evidence : List.of();
  }

  private static Evidence mismatch(Annotated one, Statement statement, Condition condition) {
    Optional<String> claim = claim(one, condition);
    if (claim.isEmpty()
        || condition.operator().comparison() == Comparison.NULL
        || condition.operator().comparison().negated()) {
      return Evidence.in(
              statement, condition, condition.operator().text() + " does not hold for the token")
          .withValue(Text.join(condition.values()));
    }
    List<String> values = condition.values().stream().map(Text::value).toList();
    String nearest = Nearest.of(claim.get(), values).orElse("");
    Text at =
        condition.values().stream()
            .filter(value -> value.value().equals(nearest))
            .findFirst()
            .orElse(new Text(nearest, condition.keyAt()));
    return Evidence.in(statement, condition, at, "the token carries another value")
        .withClaim(claim.get());
  }

  private static Optional<String> claim(Annotated one, Condition condition) {
    String issuer = one.cluster().issuer().orElse("");
    if (condition.key().equalsIgnoreCase(issuer + ":sub")) {
      return Optional.of(one.serviceAccount().subject());
    }
    return condition.key().equalsIgnoreCase(issuer + ":aud")
        ? Optional.of(one.audience())
        : Optional.empty();
  }

  private static Evidence noStatement(Annotated one, Role role, RoleTrust trust) {
    String provider = role.providerArn(one.cluster().issuer().orElseThrow());
    Evidence evidence =
        Evidence.of("no statement names the provider of cluster " + one.cluster().name())
            .withKey("Principal.Federated")
            .withClaim(provider);
    return Nearest.of(
            provider, trust.webDoors().stream().map(door -> door.principal().value()).toList())
        .map(evidence::withValue)
        .orElse(evidence);
  }

  private static Remediation remediation(Annotated one, Role role, AuditContext context) {
    Optional<Text> misspelt = misspelt(one, context.index().trust(role), context);
    if (misspelt.isPresent()) {
      String mended =
          TrustEdit.of(role.trustDocument())
              .replaceValue(misspelt.get().at(), one.serviceAccount().subject())
              .document();
      return Remediation.fix(
          "Correct the subject: the cluster has no service account of the name that stands there.",
          new Change.ReplaceTrustPolicy(role.arn(), role.trustDocument(), mended));
    }
    return Remediation.decide(
        "Decide whether the role is meant for this service account; to admit it is to give it all"
            + " that the role may do.",
        "If it is, add a statement for "
            + role.providerArn(one.cluster().issuer().orElse("<issuer>"))
            + " with the subject "
            + one.serviceAccount().subject()
            + " and the audience "
            + one.audience()
            + ".",
        "If it is not, annotate the role that is meant, or remove the annotation.");
  }

  /// The one exact subject in the policy that is almost this one and that no service account of the
  /// cluster has.
  private static Optional<Text> misspelt(Annotated one, RoleTrust trust, AuditContext context) {
    String subject = one.serviceAccount().subject();
    List<Text> near = new ArrayList<>();
    for (TrustedProvider door : trust.webDoors()) {
      if (door.issuer().equals(one.cluster().issuer())
          && door.statement().effect() == Effect.ALLOW) {
        door.statement().conditions().stream()
            .filter(condition -> claim(one, condition).equals(Optional.of(subject)))
            .filter(condition -> condition.operator().comparison() == Comparison.STRING_EQUALS)
            .flatMap(condition -> condition.values().stream())
            .filter(value -> Nearest.isWithin(Nearest.TYPING_ERRORS, value.value(), subject))
            .filter(
                value -> context.index().in(one.cluster()).serviceAccount(value.value()).isEmpty())
            .forEach(near::add);
      }
    }
    return near.size() == 1 && mends(one, trust.role(), near.getFirst(), context)
        ? Optional.of(near.getFirst())
        : Optional.empty();
  }

  /// Whether the corrected policy lets the service account in, so that nothing else is in the way.
  private static boolean mends(Annotated one, Role role, Text value, AuditContext context) {
    String mended =
        TrustEdit.of(role.trustDocument())
            .replaceValue(value.at(), one.serviceAccount().subject())
            .document();
    return one.provider(context)
            .filter(provider -> provider.clientIds().contains(one.audience()))
            .isPresent()
        && one.allowedBy(role, mended);
  }
}
