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
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.rules.shared.Annotated;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Flags a lifetime of the token that the webhook does not take as it is written.
public final class TokenExpirationInvalid implements Rule.OnServiceAccount {
  private static final long SHORTEST = 600;
  private static final long LONGEST = 86_400;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
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
                  + " than 86400 seconds.")
          .risk("Tokens live longer or shorter than whoever wrote the annotation believes.")
          .remediation("Write a whole number from 600 to 86400, or remove the annotation.")
          .references("https://github.com/aws/amazon-eks-pod-identity-webhook#readme")
          .needs(Need.SERVICE_ACCOUNTS)
          .refinedBy(Need.PODS)
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    Optional<Annotated> annotated = Annotated.of(subject, context);
    Optional<String> value = subject.serviceAccount().annotation(AwsAnnotations.TOKEN_EXPIRATION);
    if (annotated.isEmpty() || value.isEmpty() || overridden(subject, context)) {
      return Verdict.satisfied();
    }
    Optional<Long> seconds = seconds(value.get());
    if (seconds.filter(number -> number >= SHORTEST && number <= LONGEST).isPresent()) {
      return Verdict.satisfied();
    }
    return Verdict.violated(
        METADATA.severity(),
        "Tokens of %s do not live as long as annotated".formatted(annotated.get().named()),
        List.of(
            Evidence.of(fault(seconds))
                .withKey(AwsAnnotations.TOKEN_EXPIRATION)
                .withValue(value.get())),
        remediation(annotated.get(), seconds));
  }

  private static Optional<Long> seconds(String text) {
    return WHOLE_NUMBER.matcher(text).matches()
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }

  /// A pod's own annotation counts instead of its service account's.
  private static boolean overridden(Resource.OfServiceAccount subject, AuditContext context) {
    List<Pod> pods = context.index().in(subject.cluster()).pods(subject.serviceAccount().subject());
    return !pods.isEmpty()
        && pods.stream()
            .allMatch(pod -> pod.annotations().containsKey(AwsAnnotations.TOKEN_EXPIRATION));
  }

  private static String fault(Optional<Long> seconds) {
    if (seconds.isEmpty()) {
      return "the value is no whole number, so the webhook ignores it and uses 86400";
    }
    return seconds.get() < SHORTEST
        ? "the value is below the shortest lifetime, so the webhook uses 600"
        : "the value is above the longest lifetime that EKS issues, 86400";
  }

  private static Remediation remediation(Annotated one, Optional<Long> seconds) {
    return seconds
        .map(number -> number < SHORTEST ? SHORTEST : LONGEST)
        .<Remediation>map(
            bound ->
                Remediation.fix(
                    "Write the lifetime that tokens have anyway.",
                    one.annotate(AwsAnnotations.TOKEN_EXPIRATION, Long.toString(bound))))
        .orElseGet(
            () ->
                Remediation.fix(
                    "Remove the annotation, which has no effect.",
                    one.removeAnnotation(AwsAnnotations.TOKEN_EXPIRATION)));
  }
}
