package io.github.eksidentity.aws;

import io.github.eksidentity.core.facts.Account;
import io.github.eksidentity.core.facts.Coverage;
import io.github.eksidentity.core.facts.Simulation;
import io.github.eksidentity.core.facts.Simulation.Decision;
import io.github.eksidentity.core.facts.Simulation.Limit;
import io.github.eksidentity.core.facts.Simulation.Question;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/// Asks IAM's policy simulator. Nothing is done by it and no policy is changed.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>.
final class SimulationCollector {
  static final Set<ApiAction> ACTIONS = Set.of(ApiAction.SIMULATE_PRINCIPAL_POLICY);

  /// An answer has a result for each action, and pages of 100 results unless more are asked for.
  private static final int ACTIONS_OF_A_CALL = 100;

  private final Clients clients;
  private final Calls calls;
  private final Parallel parallel;

  @Inject
  SimulationCollector(Clients clients, Calls calls, Parallel parallel) {
    this.clients = clients;
    this.calls = calls;
    this.parallel = parallel;
  }

  record Reading(List<Simulation> answers, Coverage coverage) {}

  /// What one call asks. It names one resource, as an answer puts those of several together.
  private record Inquiry(String roleArn, String resource, List<String> actions) {}

  /// @param questions at least one
  Reading read(Account account, List<Question> questions) {
    IamClient iam = clients.iam(account.partition());
    AtomicReference<@Nullable ReadProblem> denied = new AtomicReference<>();
    List<Paged<Simulation>> all =
        parallel.map(inquiries(questions), inquiry -> ask(iam, inquiry, denied));
    List<Simulation> answers = all.stream().flatMap(paged -> paged.items().stream()).toList();
    Optional<ReadProblem> problem =
        all.stream()
            .filter(paged -> !paged.gone())
            .flatMap(paged -> paged.problem().stream())
            .findFirst();
    return new Reading(answers, coverage(answers, problem));
  }

  /// An account that does not want the simulator to be asked has chosen what the documents say.
  private static Coverage coverage(List<Simulation> answers, Optional<ReadProblem> problem) {
    return problem
        .filter(met -> met.kind() == ReadProblem.Kind.DENIED && answers.isEmpty())
        .<Coverage>map(
            met -> new Coverage.Skipped("the documents decide instead, as " + met.reason()))
        .orElseGet(() -> ReadProblem.coverage(!answers.isEmpty(), problem));
  }

  private static List<Inquiry> inquiries(List<Question> questions) {
    record Target(String roleArn, String resource) {}
    Map<Target, List<String>> byTarget = new LinkedHashMap<>();
    for (Question question : questions) {
      byTarget
          .computeIfAbsent(
              new Target(question.roleArn(), question.resource()), _ -> new ArrayList<>())
          .add(question.action());
    }
    List<Inquiry> inquiries = new ArrayList<>();
    byTarget.forEach(
        (target, actions) -> {
          for (int from = 0; from < actions.size(); from += ACTIONS_OF_A_CALL) {
            int to = Math.min(actions.size(), from + ACTIONS_OF_A_CALL);
            inquiries.add(
                new Inquiry(target.roleArn(), target.resource(), actions.subList(from, to)));
          }
        });
    return inquiries;
  }

  /// Once the action is known to be denied, nothing more is asked.
  private Paged<Simulation> ask(
      IamClient iam, Inquiry inquiry, AtomicReference<@Nullable ReadProblem> denied) {
    Paged<Simulation> answer =
        Paged.read(
            marker -> {
              ReadProblem known = denied.get();
              return known == null
                  ? calls.call(
                      ApiAction.SIMULATE_PRINCIPAL_POLICY,
                      Calls.GLOBAL,
                      () -> page(inquiry, iam.simulatePrincipalPolicy(request(inquiry, marker))))
                  : new CallOutcome.Failed<>(known);
            });
    answer
        .problem()
        .filter(problem -> problem.kind() == ReadProblem.Kind.DENIED)
        .ifPresent(denied::set);
    return answer;
  }

  private static SimulatePrincipalPolicyRequest request(Inquiry inquiry, Optional<String> marker) {
    SimulatePrincipalPolicyRequest.Builder request =
        SimulatePrincipalPolicyRequest.builder()
            .policySourceArn(inquiry.roleArn())
            .actionNames(inquiry.actions())
            .resourceArns(inquiry.resource());
    marker.ifPresent(request::marker);
    return request.build();
  }

  private static Paged.Page<Simulation> page(
      Inquiry inquiry, SimulatePrincipalPolicyResponse answer) {
    List<Simulation> results =
        Fields.required(
                answer.hasEvaluationResults(), answer.evaluationResults(), "EvaluationResults")
            .stream()
            .map(result -> simulation(inquiry, result))
            .toList();
    return Paged.Page.ofIam(results, answer.isTruncated(), answer.marker());
  }

  private static Simulation simulation(Inquiry inquiry, EvaluationResult result) {
    String decision = Fields.required(result.evalDecisionAsString(), "EvalDecision");
    return new Simulation(
        new Question(
            inquiry.roleArn(),
            Fields.required(result.evalActionName(), "EvalActionName"),
            inquiry.resource()),
        Decision.of(decision)
            .orElseThrow(() -> new MalformedAnswerException("EvalDecision is " + decision)),
        Set.copyOf(result.missingContextValues()),
        limits(result));
  }

  private static Set<Limit> limits(EvaluationResult result) {
    Set<Limit> limits = EnumSet.noneOf(Limit.class);
    if (result.organizationsDecisionDetail() != null
        && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations())) {
      limits.add(Limit.ORGANIZATION);
    }
    if (result.permissionsBoundaryDecisionDetail() != null
        && Boolean.FALSE.equals(
            result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())) {
      limits.add(Limit.BOUNDARY);
    }
    return limits;
  }
}
