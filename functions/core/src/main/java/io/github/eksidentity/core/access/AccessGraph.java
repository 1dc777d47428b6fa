package io.github.eksidentity.core.access;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.EdgeMark;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.explain.Explainer;
import io.github.eksidentity.core.explain.FindingsByResource;
import io.github.eksidentity.core.explain.InCluster;
import io.github.eksidentity.core.explain.Step;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.IssuerStanding;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.permissions.Rights;
import io.github.eksidentity.core.policy.admit.AdmissionChange;
import io.github.eksidentity.core.policy.admit.Callers;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.Truth;
import io.github.eksidentity.core.rules.Rules;
import io.github.eksidentity.core.text.Only;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who can become what: every edge from service accounts to roles, those that something declares
/// and those that a trust policy lets in although nothing declares them.
///
/// What is broken is decided as in an explanation of the same way, what is loose by the audit's
/// findings, so that none of them can contradict another. The cost grows with bindings and trusts.
public final class AccessGraph {
  private static final Optional<String> NONE = Optional.empty();
  private static final String ANY = "*";
  private static final String CLUSTER = "cluster/";

  private final AuditContext context;
  private final Explainer explainer;
  private final Map<Edge.Key, Edge> edges = new LinkedHashMap<>();

  /// The associations, whatever their target role.
  private final Set<Edge.Key> bound = new HashSet<>();

  private final Map<String, Rights> rights = new HashMap<>();

  private AccessGraph(AuditContext context, Explainer explainer) {
    this.context = context;
    this.explainer = explainer;
  }

  /// Every edge, in [Edge#ORDER].
  ///
  /// @param assessment of the same facts
  public static List<Edge> of(AuditContext context, Assessment assessment) {
    AccessGraph graph = new AccessGraph(context, new Explainer(context, assessment));
    context.inventory().clusters().forEach(graph::declared);
    context.inventory().roles().forEach(graph::admitted);
    return graph.edges.values().stream().sorted(Edge.ORDER).toList();
  }

  private void declared(Cluster cluster) {
    InCluster in = explainer.in(cluster);
    for (String subject : in.boundSubjects()) {
      for (Binding binding : in.bindings(subject)) {
        Edge edge = declared(cluster, subject, binding);
        add(edge);
        bound.add(new Edge.Key(edge.source(), subject, edge.mechanism(), edge.role(), NONE));
      }
    }
  }

  private void add(Edge edge) {
    edges.putIfAbsent(edge.key(), edge);
  }

  private Edge declared(Cluster cluster, String subject, Binding bound) {
    List<Step> steps = explainer.steps(cluster, subject, bound);
    Truth admitted =
        known(
            steps, ExplainStep.PROVIDER, ExplainStep.AUDIENCE, ExplainStep.ROLE, ExplainStep.TRUST);
    Truth target = known(steps, ExplainStep.TARGET_ROLE);
    boolean broken =
        steps.stream()
            .filter(step -> step.kind() != ExplainStep.USE)
            .anyMatch(step -> step.status() == Step.Status.BROKEN);
    boolean doubt = admitted == Truth.UNKNOWN || target == Truth.UNKNOWN;
    Edge.Status status =
        broken
            ? Edge.Status.BROKEN
            : doubt
                ? Edge.Status.UNKNOWN
                : isLoose(cluster, subject, bound) ? Edge.Status.LOOSE : Edge.Status.WORKS;
    String last = bound.targetRole().orElse(bound.roleArn());
    return new Edge(
        new Edge.Place(cluster.name(), Optional.of(cluster.region())),
        source(cluster, bound.mechanism()),
        subject,
        List.of(),
        bound.mechanism(),
        bound.roleArn(),
        bound.targetRole(),
        Truth.YES,
        admitted,
        status,
        rights(last),
        scopes(cluster, bound.mechanism()));
  }

  private static Truth known(List<Step> steps, ExplainStep... kinds) {
    List<Step> chosen =
        steps.stream().filter(step -> List.of(kinds).contains(step.kind())).toList();
    if (chosen.stream().anyMatch(step -> step.status() == Step.Status.BROKEN)) {
      return Truth.NO;
    }
    return chosen.stream().anyMatch(step -> step.status() == Step.Status.UNKNOWN)
        ? Truth.UNKNOWN
        : Truth.YES;
  }

  private boolean isLoose(Cluster cluster, String subject, Binding bound) {
    Optional<Role> role = context.index().role(bound.roleArn());
    if (role.isEmpty()) {
      return false;
    }
    return switch (bound.mechanism()) {
      case IRSA ->
          isLoose(
              bound.roleArn(),
              cluster.issuer().stream()
                  .flatMap(issuer -> context.index().admitting(issuer, subject).stream())
                  .filter(way -> way.role().arn().equals(bound.roleArn()))
                  .map(way -> way.statement().index())
                  .toList());
      case POD_IDENTITY ->
          isLoose(
              bound.roleArn(),
              context.index().trust(role.get()).podDoors().stream().map(Statement::index).toList());
    };
  }

  private boolean isLoose(String role, List<Integer> statements) {
    return explainer.findings().at(role).stream()
        .filter(finding -> Rules.test(finding.rule(), rule -> rule.marks(EdgeMark.LOOSE)))
        .anyMatch(finding -> FindingsByResource.isOn(finding, statements));
  }

  private Rights rights(String roleArn) {
    return rights.computeIfAbsent(roleArn, this::rightsOf);
  }

  private Rights rightsOf(String roleArn) {
    boolean privileged =
        explainer.findings().at(roleArn).stream()
            .anyMatch(
                finding -> Rules.test(finding.rule(), rule -> rule.marks(EdgeMark.PRIVILEGED)));
    if (privileged) {
      return Rights.ADMIN;
    }
    boolean read =
        context.inventory().coverageOf(Scope.account(Scope.Kind.IAM_POLICIES)).isComplete();
    return context
        .index()
        .role(roleArn)
        .filter(_ -> read)
        .map(role -> Rights.of(context.index().permissions(role)))
        .orElse(Rights.UNKNOWN);
  }

  private static String source(Cluster cluster, Mechanism mechanism) {
    return switch (mechanism) {
      case IRSA -> cluster.issuer().orElse(cluster.arn());
      case POD_IDENTITY -> cluster.arn();
    };
  }

  private static Set<Scope> scopes(Cluster cluster, Mechanism mechanism) {
    return switch (mechanism) {
      case IRSA ->
          Set.of(
              Scope.region(cluster.region()),
              Scope.account(Scope.Kind.IAM),
              Scope.cluster(Scope.Kind.SERVICE_ACCOUNTS, cluster.region(), cluster.name()));
      case POD_IDENTITY ->
          Set.of(
              Scope.region(cluster.region()),
              Scope.cluster(Scope.Kind.ASSOCIATIONS, cluster.region(), cluster.name()));
    };
  }

  /// What a role's trust lets in beside what is declared.
  private void admitted(Role role) {
    RoleTrust trust = context.index().trust(role);
    context.index().admitted(role).forEach(this::byToken);
    if (!trust.podDoors().isEmpty()) {
      trust.policy().ifPresent(policy -> byAssociation(role, trust, policy));
    }
  }

  private void byToken(AdmittingStatement way) {
    Truth provided = provided(way);
    if (provided == Truth.NO) {
      return;
    }
    Truth admitted = way.hangsOn().isPresent() ? Truth.UNKNOWN : provided;
    List<String> except =
        switch (way.subjects()) {
          case SubjectSet.Matching(_, List<String> out) -> out;
          case SubjectSet.EverythingExcept(List<String> out) -> out;
          case SubjectSet.None _,
              SubjectSet.Finite _,
              SubjectSet.Everything _,
              SubjectSet.Undetermined _ ->
              List.of();
        };
    List<String> subjects =
        way.open() || way.subjects() instanceof SubjectSet.Undetermined
            ? List.of(Subject.PREFIX + ANY)
            : way.patterns().stream().map(pattern -> pattern.text()).toList();
    for (String subject : subjects) {
      byToken(way, subject, except, admitted);
    }
  }

  /// STS takes tokens of an issuer only where the account has its provider.
  private Truth provided(AdmittingStatement way) {
    if (context.index().provider(way.door().principal().value()).isPresent()) {
      return Truth.YES;
    }
    return context.inventory().coverageOf(Scope.account(Scope.Kind.OIDC)).isComplete()
        ? Truth.NO
        : Truth.UNKNOWN;
  }

  private void byToken(
      AdmittingStatement way, String subject, List<String> except, Truth admitted) {
    Optional<Cluster> cluster =
        way.door().standing() instanceof IssuerStanding.Live(Cluster live)
            ? Optional.of(live)
            : Optional.empty();
    String role = way.role().arn();
    boolean pattern = subject.contains(ANY) || subject.contains("?");
    Truth declared =
        pattern
                || cluster
                    .map(one -> explainer.in(one).serviceAccountsUnread().isEmpty())
                    .orElse(false)
            ? Truth.NO
            : Truth.UNKNOWN;
    boolean loose = isLoose(role, List.of(way.statement().index()));
    add(
        new Edge(
            place(cluster, way.issuer()),
            way.issuer(),
            subject,
            except,
            Mechanism.IRSA,
            role,
            Optional.empty(),
            declared,
            admitted,
            admitted(cluster, subject, admitted, loose),
            rights(role),
            Set.of(Scope.account(Scope.Kind.IAM), Scope.account(Scope.Kind.OIDC))));
  }

  /// A way that is meant for one service account whose pods wait for a binding does not work.
  private Edge.Status admitted(
      Optional<Cluster> cluster, String subject, Truth admitted, boolean loose) {
    boolean unbound =
        !subject.contains(ANY)
            && cluster
                .flatMap(
                    one -> explainer.findings().ofServiceAccount(one, subject, ExplainStep.BINDING))
                .isPresent();
    return admitted == Truth.UNKNOWN
        ? Edge.Status.UNKNOWN
        : loose ? Edge.Status.LOOSE : unbound ? Edge.Status.BROKEN : Edge.Status.WORKS;
  }

  private static Edge.Place place(Optional<Cluster> cluster, String otherwise) {
    return cluster
        .map(one -> new Edge.Place(one.name(), Optional.of(one.region())))
        .orElseGet(() -> new Edge.Place(otherwise, Optional.empty()));
  }

  /// Whoever may make an association in the account could use what the trust lets in.
  private void byAssociation(Role role, RoleTrust trust, TrustPolicy policy) {
    TrustPolicy nobody = policy.with(List.of());
    AdmissionChange change = AdmissionChange.of(nobody, policy, new PodIdentityCallers());
    List<Integer> statements = trust.podDoors().stream().map(Statement::index).toList();
    for (Callers callers : change.gained()) {
      byAssociation(
          role,
          callers,
          callers.conditions().isEmpty() ? Truth.YES : Truth.UNKNOWN,
          isLoose(role.arn(), statements));
    }
    if (!change.undetermined().isEmpty() && change.gained().isEmpty()) {
      byAssociation(role, new Callers(Map.of(), Map.of(), List.of()), Truth.UNKNOWN, false);
    }
  }

  private void byAssociation(Role role, Callers callers, Truth admitted, boolean loose) {
    String cluster = text(callers, Claim.CLUSTER);
    String subject =
        Subject.of(text(callers, Claim.NAMESPACE), text(callers, Claim.SERVICE_ACCOUNT));
    Optional<Cluster> live =
        context.inventory().clusters().stream()
            .filter(one -> one.arn().equals(cluster))
            .findFirst();
    Edge.Place place = place(live, cluster);
    if (bound.contains(new Edge.Key(cluster, subject, Mechanism.POD_IDENTITY, role.arn(), NONE))) {
      return;
    }
    add(
        new Edge(
            place,
            cluster,
            subject,
            List.of(),
            Mechanism.POD_IDENTITY,
            role.arn(),
            Optional.empty(),
            declaredByAssociation(live),
            admitted,
            admitted(live, subject, admitted, loose),
            rights(role.arn()),
            scopesOfAssociation(cluster)));
  }

  /// Where one cluster is named, an association there may already be the way.
  private Set<Scope> scopesOfAssociation(String cluster) {
    Set<Scope> scopes = new HashSet<>(Set.of(Scope.account(Scope.Kind.IAM)));
    Arn.parse(cluster)
        .filter(arn -> arn.account().equals(context.inventory().account().id()))
        .filter(arn -> arn.resource().startsWith(CLUSTER) && !Glob.hasWildcard(cluster))
        .ifPresent(
            arn -> {
              String name = arn.resource().substring(CLUSTER.length());
              scopes.add(Scope.region(arn.region()));
              scopes.add(Scope.cluster(Scope.Kind.ASSOCIATIONS, arn.region(), name));
            });
    return scopes;
  }

  private Truth declaredByAssociation(Optional<Cluster> cluster) {
    boolean unread =
        cluster
            .map(
                one ->
                    !context
                        .inventory()
                        .coverageOf(
                            Scope.cluster(Scope.Kind.ASSOCIATIONS, one.region(), one.name()))
                        .isComplete())
            .orElse(false);
    return unread ? Truth.UNKNOWN : Truth.NO;
  }

  /// The one pattern that a claim must match, or `*`.
  private static String text(Callers callers, Claim claim) {
    return Optional.ofNullable(callers.claims().get(claim))
        .map(Callers.Match::all)
        .flatMap(Only::of)
        .map(Object::toString)
        .orElse(ANY);
  }
}
