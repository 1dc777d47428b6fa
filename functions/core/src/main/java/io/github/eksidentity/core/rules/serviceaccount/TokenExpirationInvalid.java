package io.github.eksidentity.core.rules.serviceaccount;

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
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.webhook.Lifetime;
import java.util.List;
import java.util.Optional;

/// Flags a lifetime of the token that the webhook does not take as it is written.
public final class TokenExpirationInvalid implements Rule.OnServiceAccount {
  private static final long SHORTEST = Lifetime.LEAST;
  private static final long LONGEST = Lifetime.DEFAULT;
  private static final RuleMetadata METADATA =
      rule(
              "token-expiration-invalid",
              Severity.LOW,
              Impact.HYGIENE,
              Category.SERVICE_ACCOUNT,
              "The annotated lifetime of the token is not what pods get")
          .why(
              "The webhook takes a whole number of seconds. It ignores any other text and uses"
                  + " 86400, raises what is below 600 to 600, and EKS issues no token for longer"
                  + " than 86400 seconds. It reads the annotation under an association too. Above"
                  + " 4294967296 the API server refuses every new pod of the service account.")
          .risk(
              "Tokens live longer or shorter than whoever wrote the annotation believes. Where the"
                  + " API server refuses the pods, the workload cannot be restarted.")
          .remediation("Write a whole number from 600 to 86400, or remove the annotation.")
          .references("https://github.com/aws/amazon-eks-pod-identity-webhook#readme")
          .needs(Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.PODS, Need.ASSOCIATIONS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    ServiceAccount account = subject.serviceAccount();
    boolean bound = context.index().in(subject.cluster()).binding(account.subject()).isPresent();
    Optional<String> value = account.annotation(AwsAnnotations.TOKEN_EXPIRATION);
    if (!bound || value.isEmpty() || overridden(subject, context)) {
      return Verdict.satisfied();
    }
    Optional<Long> seconds = Lifetime.annotated(account.annotations());
    if (seconds.filter(number -> number >= SHORTEST && number <= LONGEST).isPresent()) {
      return Verdict.satisfied();
    }
    boolean refused = seconds.filter(number -> number > Lifetime.MOST).isPresent();
    String named = account.qualifiedName() + " of cluster " + subject.cluster().name();
    return Verdict.violated(
        refused ? Severity.CRITICAL : METADATA.severity(),
        refused
            ? "The API server refuses new pods of " + named
            : "Tokens of %s do not live as long as annotated".formatted(named),
        List.of(
            Evidence.of(fault(seconds))
                .withKey(AwsAnnotations.TOKEN_EXPIRATION)
                .withValue(value.get())),
        remediation(subject, seconds));
  }

  /// A pod's own annotation counts instead of its service account's, where it is a whole number.
  private static boolean overridden(Resource.OfServiceAccount subject, AuditContext context) {
    List<Pod> pods = context.index().in(subject.cluster()).pods(subject.serviceAccount().subject());
    return !pods.isEmpty()
        && pods.stream().allMatch(pod -> Lifetime.annotated(pod.annotations()).isPresent());
  }

  private static String fault(Optional<Long> seconds) {
    if (seconds.isEmpty()) {
      return "the value is no whole number, so the webhook ignores it and uses 86400";
    }
    if (seconds.get() > Lifetime.MOST) {
      return "the value is above 4294967296, so the API server refuses the pods";
    }
    return seconds.get() < SHORTEST
        ? "the value is below the shortest lifetime, so the webhook uses 600"
        : "the value is above the longest lifetime that EKS issues, 86400";
  }

  private static Remediation remediation(
      Resource.OfServiceAccount subject, Optional<Long> seconds) {
    String cluster = subject.cluster().arn();
    String namespace = subject.serviceAccount().namespace();
    String name = subject.serviceAccount().name();
    return seconds
        .map(number -> number < SHORTEST ? SHORTEST : LONGEST)
        .<Remediation>map(
            bound ->
                Remediation.fix(
                    "Write the longest or shortest lifetime that tokens can have.",
                    new Change.AnnotateServiceAccount(
                        cluster,
                        namespace,
                        name,
                        AwsAnnotations.TOKEN_EXPIRATION,
                        Long.toString(bound))))
        .orElseGet(
            () ->
                Remediation.fix(
                    "Remove the annotation, which has no effect.",
                    new Change.RemoveServiceAccountAnnotation(
                        cluster, namespace, name, AwsAnnotations.TOKEN_EXPIRATION)));
  }
}
