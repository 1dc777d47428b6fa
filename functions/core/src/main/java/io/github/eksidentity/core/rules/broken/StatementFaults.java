package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Glob;
import io.github.eksidentity.core.policy.tree.Text;
import io.github.eksidentity.core.rules.shared.ProviderAudiences;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Finds why an Allow statement does not let in whom it means. The kinds are tried in the order in
/// which one hides the next, so that one cause gives one finding: nothing is said of the values of
/// a key that never comes.
final class StatementFaults {
  private static final Set<Comparison> LITERAL =
      Set.of(Comparison.STRING_EQUALS, Comparison.STRING_EQUALS_IGNORE_CASE);
  private static final Set<Comparison> TEXT =
      Set.of(
          Comparison.STRING_EQUALS, Comparison.STRING_EQUALS_IGNORE_CASE, Comparison.STRING_LIKE);

  private final PodStatement way;
  private final SubjectsByAudience alone;
  private final List<Condition> subject;
  private final List<Condition> audience;

  private StatementFaults(PodStatement way, SubjectsByAudience alone) {
    this.way = way;
    this.alone = alone;
    this.subject = way.on(way.subjectKey());
    this.audience = way.on(way.audienceKey());
  }

  /// The faults of a statement; none where it lets in whom it means.
  ///
  /// @param alone who gets in if this were the only statement
  static List<StatementFault> of(PodStatement way, SubjectsByAudience alone) {
    if (!way.statement().actions().covers(PodRequests.WEB_IDENTITY)) {
      return List.of(new StatementFault.OtherAction());
    }
    StatementFaults faults = new StatementFaults(way, alone);
    if (faults.none()) {
      return List.of();
    }
    return Stream.<java.util.function.Supplier<List<StatementFault>>>of(
            faults::keys, faults::swapped, faults::values, faults::contradiction)
        .map(java.util.function.Supplier::get)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// Whom all conditions let in, fewer of them let in too, so that only a further value of a list
  /// could be without effect.
  private boolean none() {
    return !alone.nobody()
        && alone.unsettled().isEmpty()
        && subject.stream().allMatch(condition -> condition.values().size() == 1);
  }

  /// Conditions that fail because their key does not come.
  private List<StatementFault> keys() {
    List<StatementFault> foreign = new ArrayList<>();
    List<StatementFault> others = new ArrayList<>();
    List<Condition> ofAnother = new ArrayList<>();
    for (Condition condition : way.statement().conditions()) {
      if (way.comes(condition.key()) || !way.under(List.of(condition)).nobody()) {
        continue;
      }
      if (ClaimKeys.isOfAnotherProvider(condition.key(), way) && namesOwnClaims()) {
        ofAnother.add(condition);
      } else if (ClaimKeys.isSubjectOrAudience(condition)) {
        foreign.add(new StatementFault.ForeignKey(condition, right(condition)));
      } else {
        others.add(
            ClaimKeys.neverComes(condition.key())
                ? new StatementFault.UnsupportedKey(condition)
                : new StatementFault.UnknownKey(condition));
      }
    }
    if (!foreign.isEmpty()) {
      return foreign;
    }
    return ofAnother.isEmpty() ? others : List.of(new StatementFault.Contradiction(ofAnother));
  }

  private boolean namesOwnClaims() {
    return !subject.isEmpty() || !audience.isEmpty();
  }

  private String right(Condition condition) {
    return VacuousConditions.isSubject(condition) ? way.subjectKey() : way.audienceKey();
  }

  private List<StatementFault> swapped() {
    List<StatementFault> faults = new ArrayList<>();
    if (way.under(audience).nobody()) {
      values(audience)
          .filter(one -> IntendedSubject.isMeant(one.value().value()))
          .forEach(faults::add);
    }
    if (way.under(subject).nobody()) {
      values(subject).filter(one -> isAudience(one.value().value())).forEach(faults::add);
    }
    return faults;
  }

  private static Stream<StatementFault.SwappedClaim> values(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> TEXT.contains(condition.operator().comparison()))
        .flatMap(
            condition ->
                condition.values().stream()
                    .map(value -> new StatementFault.SwappedClaim(condition, value)));
  }

  private boolean isAudience(String value) {
    return way.audiences().contains(value) || ProviderAudiences.missesDefault(value);
  }

  /// Values that nothing can match, and an audience that no token has.
  private List<StatementFault> values() {
    List<StatementFault> faults = new ArrayList<>();
    for (Condition condition : subject) {
      if (TEXT.contains(condition.operator().comparison())) {
        condition.values().stream()
            .filter(value -> isDead(condition, value))
            .flatMap(value -> deadSubject(condition, value))
            .forEach(faults::add);
      }
    }
    if (way.under(audience).nobody()) {
      faults.addAll(deadAudience());
    }
    return faults;
  }

  private boolean isDead(Condition condition, Text value) {
    return !hasVariable(value) && way.under(List.of(condition.with(List.of(value)))).nobody();
  }

  private Stream<StatementFault> deadSubject(Condition condition, Text value) {
    if (isAudience(value.value())) {
      return Stream.empty();
    }
    boolean wildcard =
        LITERAL.contains(condition.operator().comparison())
            && Glob.hasWildcard(value.value())
            && !way.under(List.of(condition.like(List.of(value)))).nobody();
    return Stream.of(
        wildcard
            ? new StatementFault.LiteralWildcard(condition, value)
            : new StatementFault.MalformedSubject(
                condition, value, IntendedSubject.meant(value.value())));
  }

  private List<StatementFault> deadAudience() {
    List<StatementFault> wildcards = new ArrayList<>();
    for (Condition condition : audience) {
      if (LITERAL.contains(condition.operator().comparison())) {
        condition.values().stream()
            .filter(value -> Glob.hasWildcard(value.value()) && !hasVariable(value))
            .forEach(value -> wildcards.add(new StatementFault.LiteralWildcard(condition, value)));
      }
    }
    if (!wildcards.isEmpty()) {
      return wildcards;
    }
    if (way.alone(way.statement().with(audience), named()).nobody()) {
      return List.of(new StatementFault.Contradiction(audience));
    }
    List<StatementFault> others = new ArrayList<>();
    for (Condition condition : audience) {
      if (way.under(List.of(condition)).nobody()) {
        others.add(new StatementFault.OtherAudience(condition));
      }
    }
    if (others.isEmpty()) {
      audience.forEach(condition -> others.add(new StatementFault.OtherAudience(condition)));
    }
    return others;
  }

  /// What the conditions on the audience could be satisfied by, if tokens carried it.
  private List<String> named() {
    return Stream.concat(
            Stream.concat(way.audiences().stream(), Stream.of("audience.of.another.service")),
            audience.stream()
                .flatMap(condition -> condition.values().stream())
                .map(value -> value.value().replace("*", "").replace('?', 'x')))
        .distinct()
        .toList();
  }

  private List<StatementFault> contradiction() {
    if (!alone.nobody()) {
      return List.of();
    }
    List<Condition> dead =
        way.statement().conditions().stream()
            .filter(condition -> way.under(List.of(condition)).nobody())
            .toList();
    return List.of(
        new StatementFault.Contradiction(
            !dead.isEmpty() ? dead : subject.isEmpty() ? way.statement().conditions() : subject));
  }

  private boolean hasVariable(Text value) {
    return way.policy().resolvesVariables() && value.value().contains("${");
  }
}
