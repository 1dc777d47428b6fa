package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.audit.StsError;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.rules.podidentity.AssociationRoleMissing;
import io.github.eksidentity.core.rules.podidentity.AssociationTrustConditionMismatch;
import io.github.eksidentity.core.rules.provider.ProviderAudienceMissing;
import io.github.eksidentity.core.rules.provider.ProviderMissing;
import io.github.eksidentity.core.rules.serviceaccount.AnnotationAudienceMismatch;
import io.github.eksidentity.core.rules.serviceaccount.AnnotationRoleMissing;
import io.github.eksidentity.core.rules.serviceaccount.AnnotationTrustDenies;
import io.github.eksidentity.core.rules.serviceaccount.ServiceAccountMissing;
import io.github.eksidentity.core.rules.serviceaccount.ServiceAccountNotAnnotated;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A cause in the form of a finding, where a step is broken and the audit has no finding for it:
/// the rule was not asked, or it leaves the case to another one.
final class Cause {
  static final String NO_SERVICE_ACCOUNT = "the cluster has no such service account";

  private final AuditContext context;
  private final Cluster cluster;
  private final String subject;
  private final Optional<Binding> bound;

  Cause(AuditContext context, Cluster cluster, String subject, Optional<Binding> bound) {
    this.context = context;
    this.cluster = cluster;
    this.subject = subject;
    this.bound = bound;
  }

  Finding of(Step step) {
    boolean tokens = bound.map(one -> one.mechanism() == Mechanism.IRSA).orElse(true);
    return switch (step.kind()) {
      case PROVIDER ->
          finding(
              ProviderMissing.ID,
              step,
              Optional.of(
                  StsError.NO_PROVIDER.text().replace("<issuer>", cluster.issuer().orElse(""))),
              "Register the cluster's issuer as an OIDC provider.");
      case AUDIENCE ->
          finding(
              isDefaultAudience() ? ProviderAudienceMissing.ID : AnnotationAudienceMismatch.ID,
              step,
              Optional.of(StsError.INCORRECT_AUDIENCE.text()),
              "Register the audience with the provider, or change that of the token.");
      case BINDING ->
          finding(
              step.evidence().startsWith(NO_SERVICE_ACCOUNT)
                  ? ServiceAccountMissing.ID
                  : ServiceAccountNotAnnotated.ID,
              step,
              Optional.empty(),
              "Annotate the service account with the role, or make an association.");
      case ROLE ->
          finding(
              tokens ? AnnotationRoleMissing.ID : AssociationRoleMissing.ID,
              step,
              error(tokens),
              "Name a role that exists, or make the role again.");
      case TRUST ->
          finding(
              tokens ? AnnotationTrustDenies.ID : AssociationTrustConditionMismatch.ID,
              step,
              error(tokens),
              "Let the trust policy of the role admit this service account.");
      case ISSUER, TARGET_ROLE, PERMISSIONS, POD, SHADOWING, ENDPOINT, USE ->
          throw new IllegalStateException("only a finding breaks the step " + step.kind().id());
    };
  }

  private boolean isDefaultAudience() {
    return bound.map(one -> one.audience().equals(PodRequests.DEFAULT_AUDIENCE)).orElse(true);
  }

  private static Optional<String> error(boolean tokens) {
    return Optional.of(
        (tokens ? StsError.NOT_AUTHORIZED : StsError.NO_POD_IDENTITY_CREDENTIALS).text());
  }

  private Finding finding(String rule, Step step, Optional<String> stsError, String advice) {
    String resource = Subject.qualifiedName(subject);
    String account = context.inventory().account().id();
    List<Evidence> evidence = new ArrayList<>();
    if (step.kind() == ExplainStep.TRUST) {
      evidence.addAll(failing());
    }
    if (evidence.isEmpty()) {
      evidence.add(Evidence.of(step.evidence()));
    }
    return new Finding(
        Finding.fingerprint(rule, account, cluster.arn() + "/serviceaccount/" + resource),
        rule,
        Rules.find(rule).map(known -> known.metadata().severity()).orElse(Severity.CRITICAL),
        account,
        cluster.region(),
        Optional.of(cluster.name()),
        resource,
        bound.map(Binding::roleArn),
        title(step),
        evidence,
        stsError,
        Remediation.decide(advice),
        Set.of());
  }

  private String title(Step step) {
    String name = Subject.qualifiedName(subject);
    return switch (step.kind()) {
      case TRUST -> "The trust policy of the role does not let " + name + " in";
      case BINDING -> name + " is not bound to the role: " + step.evidence();
      case ISSUER,
          PROVIDER,
          AUDIENCE,
          ROLE,
          TARGET_ROLE,
          PERMISSIONS,
          POD,
          SHADOWING,
          ENDPOINT,
          USE ->
          Character.toUpperCase(step.evidence().charAt(0)) + step.evidence().substring(1);
    };
  }

  /// The conditions of the statements for this provider that the token does not meet, claim against
  /// value.
  private List<Evidence> failing() {
    if (bound.isEmpty() || bound.get().mechanism() != Mechanism.IRSA) {
      return List.of();
    }
    Optional<RoleTrust> trust =
        context.index().role(bound.get().roleArn()).map(context.index()::trust);
    List<Evidence> evidence = new ArrayList<>();
    trust
        .flatMap(RoleTrust::policy)
        .ifPresent(
            policy ->
                trust.get().webDoors().stream()
                    .filter(door -> door.issuer().equals(cluster.issuer()))
                    .forEach(door -> evidence.addAll(failing(policy, door.statement()))));
    return evidence;
  }

  private List<Evidence> failing(TrustPolicy policy, Statement statement) {
    Request request = request();
    List<Evidence> evidence = new ArrayList<>();
    for (Condition condition : statement.conditions()) {
      Statement alone = statement.allowing().with(List.of(condition));
      TrustPolicy only = policy.with(List.of(alone));
      if (TrustEvaluator.withoutTrace(only, request) instanceof Decision.Denied) {
        evidence.add(compared(statement, condition, request));
      }
    }
    return evidence;
  }

  private static Evidence compared(Statement statement, Condition condition, Request request) {
    Optional<String> claim =
        request.values(condition.key()).map(values -> String.join(", ", values));
    Optional<Text> nearest =
        Nearest.of(claim.orElse(""), condition.values().stream().map(Text::value).toList())
            .flatMap(
                value ->
                    condition.values().stream()
                        .filter(text -> text.value().equals(value))
                        .findFirst());
    String summary =
        claim.isPresent()
            ? condition.operator().text() + " does not hold"
            : "tokens do not carry this key";
    Evidence evidence =
        nearest
            .map(value -> Evidence.in(statement, condition, value, summary))
            .orElseGet(() -> Evidence.in(statement, condition, summary));
    return claim.map(evidence::withClaim).orElse(evidence);
  }

  private Request request() {
    String role = bound.map(Binding::roleArn).orElse("");
    String issuer = cluster.issuer().orElse("");
    String provider = Arn.parse(role).map(arn -> OidcProvider.arn(arn, issuer)).orElse("");
    return PodRequests.webIdentity(
        role, provider, issuer, subject, bound.map(Binding::audience).orElse(""));
  }
}
