package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Category;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.LastUsed;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.RolePermissions;
import io.github.eksidentity.core.policy.evaluate.Decision;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TrustEvaluator;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.rules.broken.TrustAudienceMismatch;
import io.github.eksidentity.core.rules.broken.TrustDocumentInvalid;
import io.github.eksidentity.core.rules.broken.TrustProviderMissing;
import io.github.eksidentity.core.rules.podidentity.PermissionsNeedSessionTags;
import io.github.eksidentity.core.rules.provider.ProviderMissing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of one way: a subject of a cluster, and what binds it to a role. Facts decide what
/// they can, by the trust evaluator where a policy is concerned; what the audit says of everything
/// on the way decides the rest.
final class WayExplanation {
  private final AuditContext context;
  private final WayFindings said;
  private final Cluster cluster;
  private final InCluster inCluster;
  private final String subject;
  private final Binding bound;

  WayExplanation(
      AuditContext context,
      FindingsByResource findings,
      Cluster cluster,
      InCluster inCluster,
      String subject,
      Binding bound) {
    this.context = context;
    this.said = new WayFindings(context, findings, cluster, subject, bound);
    this.cluster = cluster;
    this.inCluster = inCluster;
    this.subject = subject;
    this.bound = bound;
  }

  /// Every step but the binding, which is known before.
  List<Step> steps(Step binding) {
    List<Step> steps = new ArrayList<>();
    switch (bound.mechanism()) {
      case IRSA -> {
        steps.add(issuer());
        steps.add(providerStep());
        steps.add(audience());
        steps.add(binding);
        steps.add(role());
        steps.add(trust());
      }
      case POD_IDENTITY -> {
        steps.add(binding);
        steps.add(role());
        steps.add(trust());
        bound.targetRole().ifPresent(target -> steps.add(target(target)));
      }
    }
    steps.add(permissions());
    steps.add(pods());
    steps.add(shadowing());
    steps.add(endpoint());
    steps.add(use());
    return steps;
  }

  private Step issuer() {
    return cluster
        .issuer()
        .map(issuer -> Step.ok(ExplainStep.ISSUER, "tokens of the cluster carry https://" + issuer))
        .orElseGet(
            () ->
                Step.unknown(
                    ExplainStep.ISSUER,
                    "the cluster has no issuer yet; its status is " + cluster.status()));
  }

  private Optional<OidcProvider> provider() {
    return cluster.issuer().flatMap(context.index()::providerFor);
  }

  /// A token counts only with a provider in the account of the role.
  private Optional<String> foreignRole() {
    String own = context.inventory().account().id();
    return Arn.parse(bound.roleArn())
        .map(Arn::account)
        .filter(account -> !account.equals(own))
        .map(account -> "the role is of account " + account + ", and account " + own + " was read");
  }

  private Step providerStep() {
    Optional<String> foreign = foreignRole();
    if (foreign.isPresent()) {
      return Step.unknown(ExplainStep.PROVIDER, foreign.get());
    }
    if (provider().isPresent()) {
      return Step.ok(
          ExplainStep.PROVIDER, "the account has " + provider().get().arn() + " for this issuer");
    }
    Optional<String> unread = unread(Scope.Kind.OIDC, "the account's OIDC providers");
    if (unread.isPresent() || cluster.issuer().isEmpty()) {
      return Step.unknown(ExplainStep.PROVIDER, unread.orElse("without issuer there is none"));
    }
    return Step.broken(
        ExplainStep.PROVIDER,
        "the account has no OIDC provider for this issuer",
        said.finding(cluster.arn(), ProviderMissing.ID)
            .or(this::providerOfCluster)
            .or(() -> said.finding(bound.roleArn(), TrustProviderMissing.ID)));
  }

  /// A misspelt provider was meant for the cluster: its finding names the cause.
  private Optional<Finding> providerOfCluster() {
    return context.inventory().providers().stream()
        .flatMap(provider -> said.at(provider.arn()).stream())
        .filter(finding -> finding.stsError().isPresent())
        .filter(finding -> finding.cluster().equals(Optional.of(cluster.name())))
        .filter(finding -> finding.region().equals(cluster.region()))
        .findFirst();
  }

  private Step audience() {
    if (foreignRole().isPresent() || provider().isEmpty()) {
      return Step.unknown(
          ExplainStep.AUDIENCE, "there is no provider to compare " + bound.audience() + " with");
    }
    OidcProvider provider = provider().get();
    return provider.clientIds().contains(bound.audience())
        ? said.overlaid(Step.ok(ExplainStep.AUDIENCE, "the provider registers " + bound.audience()))
        : Step.broken(
            ExplainStep.AUDIENCE,
            "the provider registers "
                + provider.clientIds()
                + ", and tokens are for "
                + bound.audience(),
            said.first(ExplainStep.AUDIENCE, _ -> true)
                .or(() -> said.finding(bound.roleArn(), TrustAudienceMismatch.ID)));
  }

  private Optional<Role> knownRole() {
    return context.index().role(bound.roleArn());
  }

  private Step role() {
    if (knownRole().isPresent()) {
      return Step.ok(ExplainStep.ROLE, "role " + bound.roleArn() + " exists");
    }
    Optional<String> unread =
        foreignRole().or(() -> unread(Scope.Kind.IAM, "the roles of the account"));
    return unread.isPresent()
        ? said.overlaid(Step.unknown(ExplainStep.ROLE, unread.get()))
        : Step.broken(
            ExplainStep.ROLE,
            "no role of the account has the ARN " + bound.roleArn(),
            said.first(ExplainStep.ROLE, _ -> true));
  }

  private Step trust() {
    Optional<RoleTrust> trust = knownRole().map(context.index()::trust);
    if (trust.isEmpty()) {
      return Step.unknown(ExplainStep.TRUST, "there is no trust policy to ask");
    }
    Optional<TrustPolicy> policy = trust.get().policy();
    if (policy.isEmpty()) {
      return Step.broken(
          ExplainStep.TRUST,
          "the trust document is no policy: "
              + trust.get().parsed().problems().getFirst().message(),
          said.finding(bound.roleArn(), TrustDocumentInvalid.ID));
    }
    Decision decision = decide(policy.get());
    return switch (decision) {
      case Decision.Allowed allowed ->
          said.overlaid(Step.ok(ExplainStep.TRUST, allowed.reason()).withTrace(allowed.trace()));
      case Decision.Unknown unknown ->
          Step.unknown(ExplainStep.TRUST, unknown.reason()).withTrace(unknown.trace());
      case Decision.Denied denied ->
          Step.broken(ExplainStep.TRUST, denied.reason(), denial(trust.get()))
              .withTrace(denied.trace());
    };
  }

  /// The decision on which the way depends: the first denied, else the first unknown.
  private Decision decide(TrustPolicy policy) {
    return Decision.together(
        switch (bound.mechanism()) {
          case IRSA -> List.of(TrustEvaluator.evaluate(policy, tokenRequest()));
          case POD_IDENTITY -> {
            Association association = bound.association().orElseThrow();
            yield (association.disableSessionTags()
                    ? List.of(PodRequests.POD_IDENTITY.getFirst())
                    : PodRequests.POD_IDENTITY)
                .stream()
                    .map(action -> PodRequests.podIdentity(cluster, association, action))
                    .map(request -> TrustEvaluator.evaluate(policy, request))
                    .toList();
          }
        });
  }

  private Request tokenRequest() {
    String issuer = cluster.issuer().orElse("");
    Arn role = Arn.parse(bound.roleArn()).orElseThrow();
    String provider = OidcProvider.arn(role, issuer);
    return PodRequests.webIdentity(bound.roleArn(), provider, issuer, subject, bound.audience());
  }

  /// Which rule speaks of a denial: the one about the service account or association, else the one
  /// about a statement of the trust policy that is meant for this way.
  private Optional<Finding> denial(RoleTrust trust) {
    List<Integer> meant =
        switch (bound.mechanism()) {
          case IRSA ->
              trust.webDoors().stream()
                  .filter(door -> door.issuer().equals(cluster.issuer()))
                  .map(door -> door.statement().index())
                  .toList();
          case POD_IDENTITY -> trust.podDoors().stream().map(Statement::index).toList();
        };
    return said.first(ExplainStep.TRUST, _ -> true)
        .or(
            () ->
                said.at(bound.roleArn()).stream()
                    .filter(
                        finding -> WayFindings.category(finding.rule()) == Category.BROKEN_TRUST)
                    .filter(finding -> meant.isEmpty() || FindingsByResource.isOn(finding, meant))
                    .findFirst());
  }

  private Step target(String target) {
    String source = "role " + bound.roleArn() + " assumes " + target;
    return said.overlaid(Step.ok(ExplainStep.TARGET_ROLE, source));
  }

  private Step permissions() {
    if (knownRole().isEmpty()) {
      return Step.unknown(ExplainStep.PERMISSIONS, "there is no role to ask");
    }
    Optional<String> unread = unread(Scope.Kind.IAM_POLICIES, "the roles' policies");
    if (unread.isPresent()) {
      return Step.unknown(ExplainStep.PERMISSIONS, unread.get());
    }
    RolePermissions permissions = context.index().permissions(knownRole().get());
    int policies = permissions.policies().size() + permissions.unread().size();
    return said.overlaid(
        Step.ok(
            ExplainStep.PERMISSIONS,
            policies == 0
                ? "the role itself has no policy"
                : "the role has " + policies + (policies == 1 ? " policy" : " policies")),
        this::isOfSession);
  }

  /// Findings at the roles, but not that sessions without tags may do nothing where this one has
  /// them.
  private boolean isOfSession(Finding finding) {
    boolean ofRoles =
        finding.resource().equals(bound.roleArn())
            || bound.targetRole().equals(Optional.of(finding.resource()));
    return ofRoles
        && (!finding.rule().equals(PermissionsNeedSessionTags.ID)
            || bound.association().filter(Association::carriesTags).isEmpty());
  }

  private Step pods() {
    int running = inCluster.runningPods(subject).size();
    return said.overlaid(
        inCluster
            .podsUnread()
            .map(reason -> Step.unknown(ExplainStep.POD, reason))
            .orElseGet(
                () ->
                    Step.ok(
                        ExplainStep.POD,
                        running == 0
                            ? "no pod runs with the service account"
                            : running
                                + (running == 1 ? " pod runs" : " pods run")
                                + " with the service account, and nothing that they need is"
                                + " missing")));
  }

  private Step shadowing() {
    return said.overlaid(
        inCluster
            .podsUnread()
            .map(reason -> Step.unknown(ExplainStep.SHADOWING, reason))
            .orElseGet(
                () ->
                    Step.ok(
                        ExplainStep.SHADOWING, "no running pod has credentials that come first")));
  }

  private Step endpoint() {
    return switch (bound.mechanism()) {
      case IRSA ->
          said.overlaid(
              Step.ok(
                  ExplainStep.ENDPOINT,
                  "EKS does not report STS of "
                      + cluster.region()
                      + " as switched off; the network is not seen from here"));
      case POD_IDENTITY -> new AgentStep(cluster, inCluster, said).step();
    };
  }

  private Step use() {
    Step base =
        knownRole()
            .map(
                role ->
                    switch (role.lastUsed()) {
                      case LastUsed.At at ->
                          Step.ok(ExplainStep.USE, "the role was last used at " + at.time());
                      case LastUsed.Never _ ->
                          Step.ok(ExplainStep.USE, "IAM knows of no use of the role");
                      case LastUsed.NotRead _ ->
                          Step.unknown(ExplainStep.USE, "when the role was last used was not read");
                    })
            .orElseGet(() -> Step.unknown(ExplainStep.USE, "there is no role to ask"));
    return said.overlaid(base, finding -> finding.role().map(bound.roleArn()::equals).orElse(true));
  }

  private Optional<String> unread(Scope.Kind kind, String what) {
    Coverage read = context.inventory().coverageOf(Scope.account(kind));
    return read.isComplete()
        ? Optional.empty()
        : Optional.of(what + " were not completely read: " + read.reason());
  }
}
