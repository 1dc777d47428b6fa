package io.github.eksidentity.core.rules.role;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.audit.Verdict;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.facts.Scope;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.Simulation.Decision;
import io.github.eksidentity.core.facts.Simulation.Limit;
import io.github.eksidentity.core.facts.Simulation.Question;
import io.github.eksidentity.core.permissions.Permission;
import io.github.eksidentity.core.permissions.RolePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a role may do what is asked of it: as IAM's policy simulator said, and where it said
/// nothing that settles it, as the documents of the policies say.
final class PermissionRulings {
  /// Services in which no policy of a resource can allow anything, so that the role's own policies
  /// decide.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>.
  private static final Set<String> BY_ROLE_ALONE =
      Set.of("autoscaling", "ec2", "elasticloadbalancing", "iam", "route53", "servicediscovery");

  private static final Scope SCOPE = Scope.account(Scope.Kind.SIMULATIONS);

  private final Role role;
  private final RolePermissions documents;
  private final List<Simulation> answers;
  private final Coverage read;

  PermissionRulings(Role role, RolePermissions documents, AuditContext context) {
    this.role = role;
    this.documents = documents;
    this.answers = context.index().simulationsOf(role.arn());
    this.read = context.inventory().coverageOf(SCOPE);
  }

  /// The best of several actions of which one is enough.
  PermissionRuling onOneOf(Set<String> actions) {
    List<PermissionRuling> each = actions.stream().map(this::on).toList();
    return each.stream()
        .filter(PermissionRuling.Allowed.class::isInstance)
        .findFirst()
        .or(() -> each.stream().filter(PermissionRuling.Open.class::isInstance).findFirst())
        .orElseGet(() -> missing(each));
  }

  private static PermissionRuling missing(List<PermissionRuling> each) {
    List<PermissionRuling.Missing> all =
        each.stream()
            .filter(PermissionRuling.Missing.class::isInstance)
            .map(PermissionRuling.Missing.class::cast)
            .toList();
    return new PermissionRuling.Missing(
        all.getFirst().reason(),
        all.stream().allMatch(PermissionRuling.Missing::simulated),
        all.stream().allMatch(PermissionRuling.Missing::certain));
  }

  private PermissionRuling on(String action) {
    List<Simulation> said =
        answers.stream()
            .filter(answer -> answer.question().action().equalsIgnoreCase(action))
            .toList();
    if (said.stream().anyMatch(answer -> answer.decision() == Decision.ALLOWED)) {
      return new PermissionRuling.Allowed();
    }
    return said.isEmpty() || leavesOpen(said, action)
        ? byDocuments(action, said.isEmpty() && lost(action))
        : refused(action, said);
  }

  /// Whether refusals say nothing of what the documents allow: on a condition whose key had no
  /// value, or on resources that were not asked about.
  private boolean leavesOpen(List<Simulation> said, String action) {
    Set<String> asked =
        said.stream().map(answer -> answer.question().resource()).collect(Collectors.toSet());
    boolean elsewhere =
        documents.onAnything(action).isAllowed()
            && !asked.containsAll(documents.resources(action))
            && said.stream().noneMatch(answer -> answer.limits().contains(Limit.ORGANIZATION));
    return elsewhere || said.stream().anyMatch(answer -> !answer.missingContext().isEmpty());
  }

  /// Whether the simulator was to be asked and did not answer for a reason that may pass. Where it
  /// must not be asked, the documents are all there is.
  private boolean lost(String action) {
    boolean failed =
        switch (read) {
          case Coverage.Failed(_, var permission) -> permission.isEmpty();
          case Coverage.Partial(_, var permission) -> permission.isEmpty();
          case Coverage.Complete _, Coverage.Skipped _ -> false;
        };
    return failed && SimulationPlan.questions(role, action, documents).findAny().isPresent();
  }

  private PermissionRuling byDocuments(String action, boolean lost) {
    return switch (documents.onAnything(action)) {
      case Permission.Allowed _ ->
          lost
              ? new PermissionRuling.Open(
                  new Verdict.Undecided(
                      Set.of(SCOPE), "IAM's policy simulator did not answer for the role"))
              : new PermissionRuling.Allowed();
      case Permission.Undetermined(String reason) ->
          new PermissionRuling.Open(Verdict.undecided(reason));
      case Permission.NotAllowed(String reason) ->
          new PermissionRuling.Missing(reason, false, byRoleAlone(action));
    };
  }

  private static PermissionRuling refused(String action, List<Simulation> said) {
    Simulation first =
        said.stream()
            .filter(answer -> !answer.limits().isEmpty())
            .findFirst()
            .orElseGet(said::getFirst);
    boolean certain =
        byRoleAlone(action)
            || said.stream()
                .allMatch(
                    answer ->
                        answer.decision() == Decision.EXPLICIT_DENY || !answer.limits().isEmpty());
    return new PermissionRuling.Missing(sentence(action, first), true, certain);
  }

  private static String sentence(String action, Simulation answer) {
    String on =
        answer.question().resource().equals(Question.ANY)
            ? ""
            : " on " + answer.question().resource();
    return "IAM's policy simulator says "
        + answer.decision().id()
        + " to "
        + action
        + on
        + because(answer.limits());
  }

  private static String because(Set<Limit> limits) {
    return limits.stream()
        .map(
            limit ->
                switch (limit) {
                  case ORGANIZATION ->
                      ": a service control policy of the organisation leaves it out";
                  case BOUNDARY -> ": the permissions boundary leaves it out";
                })
        .findFirst()
        .orElse("");
  }

  private static boolean byRoleAlone(String action) {
    return BY_ROLE_ALONE.contains(action.substring(0, action.indexOf(':')));
  }
}
