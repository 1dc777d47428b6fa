package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.AwsAnnotations;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Pod;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.ServiceAccount;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.Resource;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.remedy.Change;
import io.github.eksidentity.core.remedy.Remediation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A service account that the annotation binds: no association overrides it.
///
/// @param roleArn the annotation's value, whatever it is
public record Annotated(
    Cluster cluster, ServiceAccount serviceAccount, String roleArn, String audience) {
  /// What the webhook itself asks of the value.
  ///
  /// Documented at
  /// <https://github.com/aws/amazon-eks-pod-identity-webhook/blob/master/pkg/cache/cache.go>.
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z0-9-]*:iam::\\d{12}:role/[\\w\\-/.@+=,]+");

  public static Optional<Annotated> of(Resource.OfServiceAccount subject, AuditContext context) {
    return context
        .index()
        .in(subject.cluster())
        .binding(subject.serviceAccount().subject())
        .flatMap(
            binding ->
                binding instanceof Binding.Irsa irsa
                    ? Optional.of(
                        new Annotated(
                            irsa.cluster(), irsa.serviceAccount(), irsa.roleArn(), irsa.audience()))
                    : Optional.empty());
  }

  public static boolean isRoleArn(String text) {
    return ROLE_ARN.matcher(text).matches();
  }

  public boolean wellFormed() {
    return isRoleArn(roleArn);
  }

  /// Whether the role would be one of the audited account.
  public boolean ofThisAccount(AuditContext context) {
    Account account = context.inventory().account();
    return wellFormed()
        && Arn.parse(roleArn)
            .filter(arn -> arn.account().equals(account.id()))
            .filter(arn -> arn.partition().equals(account.partition().id()))
            .isPresent();
  }

  /// The provider that STS asks for a token of this cluster, in the account of the role.
  public Optional<OidcProvider> provider(AuditContext context) {
    return cluster.issuer().flatMap(context.index()::providerFor);
  }

  /// What the role's trust policy says of this service account; empty where IAM would refuse the
  /// policy or the cluster has no issuer.
  public Optional<Decision> decide(Role role, String tokenAudience, AuditContext context) {
    return cluster
        .issuer()
        .flatMap(
            issuer ->
                context
                    .index()
                    .trust(role)
                    .policy()
                    .map(policy -> decide(role, policy, issuer, tokenAudience)));
  }

  /// Whether another trust policy in the role's place would let the service account in.
  public boolean allowedBy(Role role, String trustDocument) {
    return cluster.issuer().isPresent()
        && TrustPolicyParser.parse(trustDocument)
                .policy()
                .map(policy -> decide(role, policy, cluster.issuer().get(), audience))
                .orElse(null)
            instanceof Decision.Allowed;
  }

  /// Whether another trust policy in the role's place would certainly shut the service account out.
  public boolean deniedBy(Role role, TrustPolicy policy) {
    return cluster.issuer().map(issuer -> decide(role, policy, issuer, audience)).orElse(null)
        instanceof Decision.Denied;
  }

  private Decision decide(Role role, TrustPolicy policy, String issuer, String tokenAudience) {
    return TrustEvaluator.withoutTrace(
        policy,
        PodRequests.webIdentity(
            role.arn(), role.providerArn(issuer), issuer, serviceAccount.subject(), tokenAudience));
  }

  /// Whether a pod gets in with a token of this audience: the provider takes it and the trust
  /// policy allows it.
  public boolean getsIn(Role role, String tokenAudience, AuditContext context) {
    return provider(context).filter(one -> one.clientIds().contains(tokenAudience)).isPresent()
        && decide(role, tokenAudience, context).orElse(null) instanceof Decision.Allowed;
  }

  /// What a finding about its cluster says of it.
  public Evidence observation() {
    return Evidence.of("service account " + named() + " is annotated with a role")
        .withKey(AwsAnnotations.ROLE_ARN)
        .withValue(roleArn);
  }

  /// `payments/ledger of cluster prod`.
  public String named() {
    return serviceAccount.qualifiedName() + " of cluster " + cluster.name();
  }

  /// Writes another role into the annotation and lets new pods take the place of those that run: a
  /// pod keeps the role that it was created with.
  public Remediation rebind(String advice, String role, AuditContext context) {
    return restarting(advice, annotate(AwsAnnotations.ROLE_ARN, role), context);
  }

  /// A change of an annotation, and new pods.
  public Remediation restarting(String advice, Change change, AuditContext context) {
    List<Change> changes = new ArrayList<>(List.of(change));
    context.index().in(cluster).runningPods(serviceAccount.subject()).stream()
        .map(Pod::workload)
        .filter(Pod.Workload::restartable)
        .distinct()
        .sorted(Comparator.comparing(Pod.Workload::toString))
        .forEach(workload -> changes.add(new Change.RestartWorkload(cluster.arn(), workload)));
    return new Remediation.Fix(advice, changes);
  }

  public Change annotate(String key, String value) {
    return new Change.AnnotateServiceAccount(
        cluster.arn(), serviceAccount.namespace(), serviceAccount.name(), key, value);
  }

  public Change removeAnnotation(String key) {
    return new Change.RemoveServiceAccountAnnotation(
        cluster.arn(), serviceAccount.namespace(), serviceAccount.name(), key);
  }
}
