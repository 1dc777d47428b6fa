package io.github.eksidentity.core.policy.evaluate;

import io.github.eksidentity.core.policy.parse.Problems;
import io.github.eksidentity.core.policy.tree.Actions;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.policy.tree.TrustPolicy;
import io.github.eksidentity.core.policy.tree.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides a request by a role's trust policy, by IAM's documented semantics. Where the
/// documentation is silent, or a needed key is undetermined, and it matters, the answer is Unknown.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>.
public final class TrustEvaluator {
  private final TrustPolicy policy;
  private final Request request;
  private final boolean traced;
  private final List<String> trace = new ArrayList<>();

  private TrustEvaluator(TrustPolicy policy, Request request, boolean traced) {
    this.policy = policy;
    this.request = request;
    this.traced = traced;
  }

  /// Decides one action of a request. An explicit Deny wins over everything; without an Allow
  /// nothing is allowed.
  public static Decision evaluate(TrustPolicy policy, Request request) {
    return new TrustEvaluator(policy, request, true).decide();
  }

  /// The same decision with an empty trace, for who asks often and shows none.
  public static Decision withoutTrace(TrustPolicy policy, Request request) {
    return new TrustEvaluator(policy, request, false).decide();
  }

  private Decision decide() {
    Optional<String> foreign = foreignProvider();
    if (foreign.isPresent()) {
      tell(foreign::get);
      return new Decision.Denied(false, foreign.get(), trace);
    }
    Finding allow = Finding.NONE;
    Finding deny = Finding.NONE;
    for (Statement statement : policy.statements()) {
      ReasonedTruth judgement = statement(statement);
      Finding finding = new Finding(judgement.truth(), statement, judgement.why());
      switch (statement.effect()) {
        case ALLOW -> allow = allow.strongest(finding);
        case DENY -> deny = deny.strongest(finding);
      }
    }
    return conclude(allow, deny);
  }

  /// STS looks for the provider in the account of the role, whatever the policy says.
  ///
  /// Documented at
  /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>.
  private Optional<String> foreignProvider() {
    if (request.kind() != PrincipalKind.FEDERATED || request.roleAccount().isEmpty()) {
      return Optional.empty();
    }
    String[] parts = request.principal().split(":", 6);
    return parts.length == 6 && !parts[4].equals(request.roleAccount())
        ? Optional.of(
            "The provider "
                + request.principal()
                + " is not in the role's account "
                + request.roleAccount())
        : Optional.empty();
  }

  /// The strongest statement of one effect so far.
  private record Finding(Truth truth, Optional<Statement> statement, String why) {
    static final Finding NONE = new Finding(Truth.NO, Optional.empty(), "");

    Finding(Truth truth, Statement statement, String why) {
      this(truth, Optional.of(statement), why);
    }

    Finding strongest(Finding other) {
      return other.truth.compareTo(truth) > 0 ? other : this;
    }

    String name() {
      return statement.map(TrustEvaluator::name).orElse("no statement");
    }
  }

  private Decision conclude(Finding allow, Finding deny) {
    if (deny.truth() == Truth.YES) {
      return new Decision.Denied(true, capital(deny.name()) + " denies", trace);
    }
    if (allow.truth() == Truth.NO) {
      return new Decision.Denied(false, "No statement allows " + request.action(), trace);
    }
    if (deny.truth() == Truth.UNKNOWN) {
      return new Decision.Unknown(capital(deny.name()) + " may deny: " + deny.why(), trace);
    }
    if (allow.truth() == Truth.UNKNOWN) {
      return new Decision.Unknown(capital(allow.name()) + " may allow: " + allow.why(), trace);
    }
    return new Decision.Allowed(
        allow.statement().orElseThrow().index(), capital(allow.name()) + " allows", trace);
  }

  private ReasonedTruth statement(Statement statement) {
    tell(() -> capital(name(statement)) + ":");
    ReasonedTruth principal =
        PrincipalEvaluation.evaluate(statement.principals(), statement.effect(), request);
    step(() -> statement.principals().negated() ? "NotPrincipal" : "Principal", principal);
    ReasonedTruth action = action(statement.actions());
    step(() -> statement.actions().negated() ? "NotAction" : "Action", action);
    ReasonedTruth result = both(principal, action);
    if (result.truth() != Truth.NO) {
      result = both(result, conditions(statement.conditions()));
    }
    Truth truth = result.truth();
    tell(
        () ->
            "  "
                + switch (truth) {
                  case YES -> "matches";
                  case NO -> "does not match";
                  case UNKNOWN -> "may match";
                });
    return result;
  }

  private ReasonedTruth action(Actions actions) {
    ReasonedTruth covers = new ReasonedTruth(Truth.NO, "nothing in it covers " + request.action());
    for (Text pattern : actions.patterns()) {
      if (Actions.names(pattern.value(), request.action())) {
        covers = covers.or(covers(pattern.value()));
      }
    }
    return actions.negated() ? covers.not() : covers;
  }

  /// IAM refuses a wildcard in the service part of an action, so what it would cover is not
  /// documented.
  private ReasonedTruth covers(String pattern) {
    return Actions.hasWildcardService(pattern)
        ? ReasonedTruth.unknown(
            "IAM refuses the action "
                + Problems.quote(pattern)
                + ", because of the wildcard in its service")
        : new ReasonedTruth(Truth.YES, Problems.quote(pattern) + " covers " + request.action());
  }

  private ReasonedTruth conditions(List<Condition> conditions) {
    List<ReasonedTruth> judgements = new ArrayList<>();
    for (Condition condition : conditions) {
      ReasonedTruth judgement =
          OperatorEvaluation.evaluate(condition, request, policy.resolvesVariables());
      judgements.add(judgement);
      step(
          () ->
              condition.operator().text()
                  + " "
                  + condition.key()
                  + " "
                  + condition.values().stream().map(Text::value).toList()
                  + ", call has "
                  + request.values(condition.key()).map(List::toString).orElse("none"),
          judgement);
    }
    ReasonedTruth result = new ReasonedTruth(Truth.YES, "");
    for (int i = 0; i < judgements.size(); i++) {
      result = both(result, agreed(conditions, judgements, i));
    }
    return result;
  }

  /// One key that stands twice under one operator, in different letter case: the documentation does
  /// not say which one counts, so it is settled only where they agree.
  private static ReasonedTruth agreed(
      List<Condition> conditions, List<ReasonedTruth> judgements, int index) {
    ReasonedTruth judgement = judgements.get(index);
    for (int i = 0; i < judgements.size(); i++) {
      if (judgements.get(i).truth() != judgement.truth()
          && conditions.get(i).sameTest(conditions.get(index))) {
        return ReasonedTruth.unknown(
            "the key " + conditions.get(index).key() + " stands twice under one operator");
      }
    }
    return judgement;
  }

  private static ReasonedTruth both(ReasonedTruth one, ReasonedTruth other) {
    return other.truth().compareTo(one.truth()) < 0 ? other : one;
  }

  private void step(Supplier<String> what, ReasonedTruth judgement) {
    tell(
        () ->
            "  "
                + what.get()
                + ": "
                + switch (judgement.truth()) {
                  case YES -> "yes";
                  case NO -> "no";
                  case UNKNOWN -> "unknown";
                }
                + (judgement.why().isEmpty() ? "" : ", " + judgement.why()));
  }

  private void tell(Supplier<String> line) {
    if (traced) {
      trace.add(line.get());
    }
  }

  private static String name(Statement statement) {
    String sid = statement.sid().map(text -> " " + Problems.quote(text)).orElse("");
    return "statement "
        + (statement.index() + 1)
        + sid
        + switch (statement.effect()) {
          case ALLOW -> " (Allow)";
          case DENY -> " (Deny)";
        };
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
