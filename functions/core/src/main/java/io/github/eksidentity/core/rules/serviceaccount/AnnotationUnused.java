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
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.ClusterIndex;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.remedy.Remediation;
import io.github.eksidentity.core.webhook.PodWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flags an annotated service account that no pod uses.
public final class AnnotationUnused implements Rule.OnServiceAccount {
  private static final RuleMetadata METADATA =
      rule(
              "annotation-unused",
              Severity.LOW,
              Impact.HYGIENE,
              Category.SERVICE_ACCOUNT,
              "No pod uses the annotated service account")
          .why(
              "The workload was removed and its service account stayed, or it is scaled to zero, or"
                  + " it runs on a schedule and no pod of it is left. Some controllers, such as"
                  + " External Secrets, ask for tokens of other service accounts themselves: no pod"
                  + " runs with those, and the role is used all the same. Nothing is said where the"
                  + " role was used lately.")
          .risk(
              "Who may create pods in the namespace can use the service account, and so the role.")
          .remediation("Remove what is not needed: the annotation, or service account and role.")
          .references(
              "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html")
          .needs(Need.SERVICE_ACCOUNTS, Need.PODS)
          .refinedBy(Need.IAM_USAGE, Need.ASSOCIATIONS)
          .yieldsTo("pod-wrong-service-account")
          .build();

  @Override
  public RuleMetadata metadata() {
    return METADATA;
  }

  @Override
  public Verdict evaluate(Resource.OfServiceAccount subject, AuditContext context) {
    ServiceAccount account = subject.serviceAccount();
    ClusterIndex there = context.index().in(subject.cluster());
    Optional<String> role = PodWebhook.boundRole(account.annotations());
    if (role.isEmpty()
        || !there.pods(account.subject()).isEmpty()
        || usedLately(role.get(), context)) {
      return Verdict.satisfied();
    }
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.of("the service account is annotated with a role and no pod runs with it")
            .withKey(AwsAnnotations.ROLE_ARN)
            .withValue(role.get()));
    TokenClients.in(subject.cluster())
        .forEach(
            client ->
                evidence.add(
                    Evidence.of(
                        client
                            + " runs in the cluster, and can ask for tokens of this service"
                            + " account itself")));
    return Verdict.violated(
        METADATA.severity(),
        "No pod of cluster %s uses service account %s"
            .formatted(subject.cluster().name(), account.qualifiedName()),
        evidence,
        Remediation.decide(
            "Decide whether a workload still needs the service account; one that is scaled to zero"
                + " or runs on a schedule has no pods for the time being, and a controller may ask"
                + " for its tokens.",
            "Remove the annotation.",
            "Remove the service account, and the role where nothing else uses it."));
  }

  /// Whether anybody used the role in the time after which a role counts as unused.
  private static boolean usedLately(String arn, AuditContext context) {
    return context
        .index()
        .role(arn)
        .filter(
            role ->
                role.lastUsed() instanceof LastUsed.At(Instant time)
                    && time.isAfter(
                        context.now().minus(Duration.ofDays(context.settings().unusedDays()))))
        .isPresent();
  }
}
