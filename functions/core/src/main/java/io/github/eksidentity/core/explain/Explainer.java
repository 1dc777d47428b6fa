package io.github.eksidentity.core.explain;

import io.github.eksidentity.core.audit.Assessment;
import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.ExplainStep;
import io.github.eksidentity.core.audit.Finding;
import io.github.eksidentity.core.facts.Association;
import io.github.eksidentity.core.facts.Cluster;
import io.github.eksidentity.core.facts.Subject;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.Binding;
import io.github.eksidentity.core.index.Mechanism;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.admit.SubjectSet;
import io.github.eksidentity.core.rules.serviceaccount.ServiceAccountMissing;
import io.github.eksidentity.core.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Explains ways from service accounts to roles, from the same facts and findings as the audit.
public final class Explainer {
  private static final int MOST_NAMED = 3;

  private final AuditContext context;
  private final FindingsByResource findings;
  private final Map<String, InCluster> inClusters = new HashMap<>();

  /// An explainer of an audited account.
  ///
  /// @param assessment of the same facts
  public Explainer(AuditContext context, Assessment assessment) {
    this.context = context;
    this.findings = FindingsByResource.of(assessment);
  }

  /// What is known of a cluster's service accounts.
  public InCluster in(Cluster cluster) {
    return inClusters.computeIfAbsent(cluster.arn(), _ -> new InCluster(cluster, context));
  }

  /// The findings by what they are about.
  public FindingsByResource findings() {
    return findings;
  }

  /// Explains one service account.
  ///
  /// @param expected ARN of the role that it should reach; empty for the one that it is bound to
  public Explanation explain(Cluster cluster, String subject, Optional<String> expected) {
    List<Binding> bindings = in(cluster).bindings(subject);
    Optional<Binding> chosen =
        bindings.stream()
            .filter(bound -> expected.map(bound.roleArn()::equals).orElse(true))
            .findFirst();
    if (chosen.isPresent() && chosen.get().equals(bindings.getFirst())) {
      return walked(
          cluster,
          subject,
          chosen.get(),
          withNearest(bindingStep(cluster, subject, bindings), cluster, subject));
    }
    return bindings.isEmpty()
        ? unbound(cluster, subject, expected)
        : elsewhere(cluster, subject, bindings, expected.orElseThrow());
  }

  /// Whether a cluster whose service accounts were read has no such one, and nothing that was read
  /// names it: no binding, no trust policy, no pod. The name is mistyped, most likely.
  public boolean isUnheardOf(Cluster cluster, String subject) {
    return !in(cluster).exists(subject)
        && in(cluster).bindings(subject).isEmpty()
        && in(cluster).pods().stream().noneMatch(pod -> pod.subject().equals(subject))
        && rolesThatName(cluster, subject).isEmpty();
  }

  /// The steps of a way that a binding opens.
  public List<Step> steps(Cluster cluster, String subject, Binding bound) {
    return new WayExplanation(context, findings, cluster, in(cluster), subject, bound)
        .steps(bindingStep(cluster, subject, List.of(bound)));
  }

  private Step bindingStep(Cluster cluster, String subject, List<Binding> bindings) {
    if (!in(cluster).exists(subject)) {
      return missing(subject, bindings.stream().map(Binding::roleArn).toList());
    }
    Optional<Finding> wrong = findings.ofServiceAccount(cluster, subject, ExplainStep.BINDING);
    if (wrong.isPresent()) {
      return Step.broken(ExplainStep.BINDING, wrong.get().title(), wrong);
    }
    Optional<String> unread = in(cluster).associationsUnread();
    if (bindings.getFirst().mechanism() == Mechanism.IRSA && unread.isPresent()) {
      return Step.unknown(
          ExplainStep.BINDING,
          words(bindings.getFirst()) + "; an association would come first, and " + unread.get());
    }
    String others =
        bindings.size() > 1
            ? "; its annotation is left aside, because Pod Identity comes first"
            : "";
    return Step.ok(ExplainStep.BINDING, words(bindings.getFirst()) + others);
  }

  private Step missing(String subject, List<String> roles) {
    return Step.broken(
        ExplainStep.BINDING,
        Cause.NO_SERVICE_ACCOUNT,
        roles.stream()
            .flatMap(role -> findings.at(role).stream())
            .filter(finding -> finding.rule().equals(ServiceAccountMissing.ID))
            .filter(
                finding ->
                    finding.evidence().stream()
                        .anyMatch(one -> one.value().equals(Optional.of(subject))))
            .findFirst());
  }

  private static String words(Binding bound) {
    return bound
        .association()
        .map(
            association ->
                "association " + association.id() + " binds it to role " + bound.roleArn())
        .orElseGet(() -> "its annotation names role " + bound.roleArn());
  }

  private Explanation walked(Cluster cluster, String subject, Binding bound, Step binding) {
    List<Step> steps =
        new WayExplanation(context, findings, cluster, in(cluster), subject, bound).steps(binding);
    return concluded(cluster, subject, Optional.of(bound), steps);
  }

  private Explanation concluded(
      Cluster cluster, String subject, Optional<Binding> bound, List<Step> steps) {
    Optional<Step> broken =
        steps.stream().filter(step -> step.status() == Step.Status.BROKEN).findFirst();
    boolean doubt =
        steps.stream()
            .anyMatch(step -> step.status() == Step.Status.UNKNOWN && step.kind().decides());
    Explanation.Verdict verdict =
        broken.isPresent()
            ? Explanation.Verdict.BROKEN
            : doubt ? Explanation.Verdict.UNKNOWN : Explanation.Verdict.WORKS;
    Optional<Finding> cause =
        broken.map(
            step ->
                step.finding()
                    .orElseGet(() -> new Cause(context, cluster, subject, bound).of(step)));
    return new Explanation(
        cluster,
        subject,
        verdict,
        bound.map(Binding::mechanism),
        bound.map(Binding::roleArn),
        bound.flatMap(Binding::targetRole),
        steps,
        cause);
  }

  /// It is bound, but to another role than the one it should reach.
  private Explanation elsewhere(
      Cluster cluster, String subject, List<Binding> bindings, String expected) {
    Step binding =
        Step.broken(
            ExplainStep.BINDING,
            words(bindings.getFirst()) + ", not to " + expected,
            Optional.empty());
    Binding wanted =
        bindings.getFirst().association().isPresent()
            ? new Binding.PodIdentity(
                cluster, withRole(bindings.getFirst().association().get(), expected))
            : Binding.assumed(cluster, subject, expected, PodRequests.DEFAULT_AUDIENCE);
    return walked(cluster, subject, wanted, binding);
  }

  private static Association withRole(Association old, String role) {
    return old.with(
        association ->
            association.roleArn(role).targetRoleArn(Optional.empty()).externalId(Optional.empty()));
  }

  /// Nothing binds it, as far as it is known.
  private Explanation unbound(Cluster cluster, String subject, Optional<String> expected) {
    List<String> roles = expected.map(List::of).orElseGet(() -> rolesThatName(cluster, subject));
    Optional<String> unread =
        in(cluster).associationsUnread().or(in(cluster)::serviceAccountsUnread);
    if (unread.isPresent()) {
      String nearest = roles.isEmpty() ? nearest(cluster, subject) : "";
      Step binding =
          Step.unknown(ExplainStep.BINDING, unread.get() + hint(roles, expected) + nearest);
      return roles.size() == 1
          ? walked(
              cluster,
              subject,
              Binding.assumed(cluster, subject, roles.getFirst(), PodRequests.DEFAULT_AUDIENCE),
              binding)
          : concluded(cluster, subject, Optional.empty(), List.of(binding));
    }
    if (!in(cluster).exists(subject)) {
      return unbound(
          cluster, subject, roles, withNearest(missing(subject, roles), cluster, subject));
    }
    Optional<Finding> wrong =
        findings
            .ofServiceAccount(cluster, subject, ExplainStep.BINDING)
            .or(() -> findings.ofStrayPods(cluster, subject))
            .or(() -> findings.ofServiceAccount(cluster, subject, ExplainStep.POD));
    if (wrong.isPresent() || !roles.isEmpty()) {
      String evidence =
          "the service account has neither annotation nor association"
              + hint(roles, expected)
              + sameName(cluster, subject);
      return unbound(cluster, subject, roles, Step.broken(ExplainStep.BINDING, evidence, wrong));
    }
    Step binding =
        Step.broken(
            ExplainStep.BINDING,
            "the service account has neither annotation nor association, and no trust policy"
                + " names it"
                + sameName(cluster, subject),
            Optional.empty());
    return new Explanation(
        cluster,
        subject,
        Explanation.Verdict.UNBOUND,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(binding),
        Optional.empty());
  }

  private Explanation unbound(Cluster cluster, String subject, List<String> roles, Step binding) {
    return roles.size() == 1
        ? walked(
            cluster,
            subject,
            Binding.assumed(cluster, subject, roles.getFirst(), PodRequests.DEFAULT_AUDIENCE),
            binding)
        : concluded(cluster, subject, Optional.empty(), List.of(binding));
  }

  private static String hint(List<String> roles, Optional<String> expected) {
    if (expected.isPresent() || roles.isEmpty()) {
      return "";
    }
    return "; "
        + (roles.size() == 1
            ? "the trust policy of role " + roles.getFirst() + " names it"
            : "the trust policies of these roles name it: " + String.join(", ", roles));
  }

  /// Associations of the same name in other namespaces: EKS does not check that what they name
  /// exists, and the namespace is often mistaken.
  private static String sameName(Cluster cluster, String subject) {
    String name = Subject.qualifiedName(subject).split("/", 2)[1];
    return name.equals("default")
        ? ""
        : cluster.associations().stream()
            .filter(one -> one.serviceAccount().equals(name))
            .filter(one -> !one.subject().equals(subject))
            .sorted(Comparator.comparing(Association::id))
            .limit(MOST_NAMED)
            .map(one -> "; association " + one.id() + " is for " + one.namespace() + "/" + name)
            .collect(Collectors.joining());
  }

  /// A missing service account with the one that may be meant; looking for it takes time, so only
  /// where one is explained.
  private Step withNearest(Step step, Cluster cluster, String subject) {
    return step.evidence().equals(Cause.NO_SERVICE_ACCOUNT)
        ? new Step(
            step.kind(),
            step.status(),
            step.evidence() + nearest(cluster, subject),
            step.trace(),
            step.finding())
        : step;
  }

  /// The rest of a sentence that asks for the service account that may be meant instead; empty
  /// where none is near.
  public String nearest(Cluster cluster, String subject) {
    List<String> known = new ArrayList<>(in(cluster).subjects());
    cluster.issuer().stream()
        .flatMap(issuer -> context.index().trusting(issuer).stream())
        .flatMap(trust -> context.index().admitted(trust.role()).stream())
        .filter(way -> cluster.issuer().equals(Optional.of(way.issuer())))
        .flatMap(way -> way.patterns().stream())
        .filter(pattern -> !pattern.hasWildcard())
        .forEach(pattern -> known.add(pattern.text()));
    return Nearest.within(Nearest.WORTH_ASKING, subject, known)
        .map(found -> "; did you mean " + Subject.qualifiedName(found) + "?")
        .orElse("");
  }

  /// The roles whose trust lets in exactly this subject by name.
  private List<String> rolesThatName(Cluster cluster, String subject) {
    return cluster.issuer().stream()
        .flatMap(issuer -> context.index().admitting(issuer, subject).stream())
        .filter(way -> names(way, subject))
        .map(way -> way.role().arn())
        .distinct()
        .toList();
  }

  private static boolean names(AdmittingStatement way, String subject) {
    Stream<String> exact =
        switch (way.subjects()) {
          case SubjectSet.Finite(var subjects) -> subjects.stream();
          case SubjectSet.Matching(List<String> patterns, _) -> patterns.stream();
          case SubjectSet.None _,
              SubjectSet.Everything _,
              SubjectSet.EverythingExcept _,
              SubjectSet.Undetermined _ ->
              Stream.empty();
        };
    return exact.anyMatch(subject::equals);
  }

  /// Every service account of a cluster that something binds to a role, or that its trust names.
  public List<String> subjectsOf(Cluster cluster, String role) {
    List<String> subjects = new ArrayList<>();
    in(cluster).boundSubjects().stream()
        .filter(
            subject ->
                in(cluster).bindings(subject).stream()
                    .anyMatch(bound -> bound.roleArn().equals(role)))
        .forEach(subjects::add);
    context.index().role(role).stream()
        .flatMap(found -> context.index().admitted(found).stream())
        .filter(way -> cluster.issuer().equals(Optional.of(way.issuer())))
        .flatMap(way -> way.patterns().stream())
        .filter(pattern -> !pattern.hasWildcard())
        .forEach(pattern -> subjects.add(pattern.text()));
    return subjects.stream().distinct().sorted().toList();
  }
}
