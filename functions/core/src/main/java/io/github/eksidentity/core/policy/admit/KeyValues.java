package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.AddressRange;
import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.evaluate.TypedValue;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.GlobalKeys;
import io.github.eksidentity.core.policy.tree.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The values that a key may have at the moment of a call, one for each way in which it can stand
/// to the conditions about it.
final class KeyValues {
  private static final int MOST_TOGETHER = 4;
  private static final int MOST_DIGITS_OF_SECONDS = 12;
  private static final String SOMETHING = "x";
  private static final TextPattern ANY_ARN = TextPattern.of("*:*:*:*:*:*");

  /// How a condition reads a key's value.
  private enum Family {
    TEXT,
    BOOLEAN,
    NUMBER,
    DATE,
    ADDRESS
  }

  private final List<Condition> conditions;
  private final boolean variables;
  private final Request anybody;
  private final Work work;

  private KeyValues(List<Condition> conditions, boolean variables, Request anybody, Work work) {
    this.conditions = conditions;
    this.variables = variables;
    this.anybody = anybody;
    this.work = work;
  }

  /// Lists of values of one key, the empty list where it may be absent. Empty where they cannot be
  /// told: conditions that read the value in several ways, or too many.
  static Optional<List<List<String>>> of(
      List<Condition> conditions, boolean variables, Request anybody, Work work) {
    return new KeyValues(conditions, variables, anybody, work).lists();
  }

  private Optional<List<List<String>>> lists() {
    Set<Family> families = new LinkedHashSet<>();
    conditions.forEach(condition -> family(condition).ifPresent(families::add));
    if (families.contains(Family.BOOLEAN)) {
      families.remove(Family.TEXT);
    }
    if (families.size() > 1) {
      return Optional.empty();
    }
    Optional<List<String>> values =
        families.isEmpty() ? Optional.of(List.of(SOMETHING)) : values(families.iterator().next());
    String key = conditions.getFirst().key();
    return values.map(
        found -> {
          List<List<String>> lists = new ArrayList<>();
          if (!GlobalKeys.isAlwaysPresent(key)) {
            lists.add(List.of());
          }
          found.forEach(value -> lists.add(List.of(value)));
          if (GlobalKeys.isMultivalued(key)) {
            lists.addAll(several(found));
          }
          return lists;
        });
  }

  /// Several values at once: every set of few, and all of many.
  private static Collection<List<String>> several(List<String> values) {
    Set<List<String>> lists = new LinkedHashSet<>();
    if (values.size() <= MOST_TOGETHER) {
      for (int chosen = 1; chosen < 1 << values.size(); chosen++) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
          if (((chosen >> i) & 1) == 1) {
            list.add(values.get(i));
          }
        }
        lists.add(list);
      }
    } else {
      lists.add(values);
      values.forEach(
          one ->
              values.stream()
                  .filter(two -> !one.equals(two))
                  .forEach(two -> lists.add(List.of(one, two))));
    }
    return lists;
  }

  private static Optional<Family> family(Condition condition) {
    return switch (condition.operator().comparison()) {
      case STRING_EQUALS,
          STRING_NOT_EQUALS,
          STRING_EQUALS_IGNORE_CASE,
          STRING_NOT_EQUALS_IGNORE_CASE,
          STRING_LIKE,
          STRING_NOT_LIKE,
          ARN_EQUALS,
          ARN_LIKE,
          ARN_NOT_EQUALS,
          ARN_NOT_LIKE,
          BINARY_EQUALS ->
          Optional.of(Family.TEXT);
      case BOOL -> Optional.of(Family.BOOLEAN);
      case NUMERIC_EQUALS,
          NUMERIC_NOT_EQUALS,
          NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS ->
          Optional.of(GlobalKeys.isMoment(condition.key()) ? Family.DATE : Family.NUMBER);
      case DATE_EQUALS,
          DATE_NOT_EQUALS,
          DATE_LESS_THAN,
          DATE_LESS_THAN_EQUALS,
          DATE_GREATER_THAN,
          DATE_GREATER_THAN_EQUALS ->
          Optional.of(Family.DATE);
      case IP_ADDRESS, NOT_IP_ADDRESS -> Optional.of(Family.ADDRESS);
      case NULL -> Optional.empty();
    };
  }

  private Optional<List<String>> values(Family family) {
    return switch (family) {
      case TEXT -> texts();
      case BOOLEAN -> Optional.of(List.of("true", "false"));
      case NUMBER -> Optional.of(numbers());
      case DATE -> Optional.of(moments());
      case ADDRESS -> Optional.of(addresses());
    };
  }

  /// Texts are told apart by patterns. Of base64 only the letters of the policy are, not others
  /// that mean the same bytes.
  private Optional<List<String>> texts() {
    Set<TextPattern> patterns = new LinkedHashSet<>();
    for (Condition condition : conditions) {
      ConditionPatterns found = ConditionPatterns.of(condition, variables, List.of(anybody));
      patterns.addAll(found.patterns());
      if (found.unsettled()) {
        condition.values().forEach(value -> patterns.add(TextPattern.literal(value.value())));
      }
    }
    boolean arns = conditions.stream().anyMatch(KeyValues::isOfArns);
    return TextClasses.of(TextGrammar.ANY, List.copyOf(patterns), List.of(), work)
        .map(
            classes ->
                classes.stream()
                    .map(TextClasses.TextClass::example)
                    .filter(text -> !arns || ANY_ARN.matches(text))
                    .toList());
  }

  /// What is compared as an ARN is one.
  private static boolean isOfArns(Condition condition) {
    return condition.operator().comparison().element().startsWith("Arn");
  }

  private List<String> numbers() {
    BigDecimal little = new BigDecimal("0.000001");
    return Stream.concat(Stream.of(BigDecimal.ZERO), thresholds())
        .flatMap(one -> Stream.of(one.subtract(little), one, one.add(little)))
        .distinct()
        .map(BigDecimal::toPlainString)
        .toList();
  }

  private Stream<BigDecimal> thresholds() {
    return written().flatMap(text -> TypedValue.number(text).stream());
  }

  /// Numbers that a condition on the moment compares are seconds since 1970.
  private List<String> moments() {
    Stream<Instant> dates = written().flatMap(text -> TypedValue.dates(text).stream());
    Stream<Instant> seconds =
        thresholds()
            .filter(number -> number.precision() - number.scale() < MOST_DIGITS_OF_SECONDS)
            .map(number -> Instant.ofEpochSecond(number.longValue()));
    return Stream.of(Stream.of(Instant.EPOCH), dates, seconds)
        .flatMap(each -> each)
        .flatMap(date -> Stream.of(date.minusSeconds(1), date, date.plusSeconds(1)))
        .distinct()
        .map(Instant::toString)
        .toList();
  }

  private Stream<String> written() {
    return conditions.stream().flatMap(condition -> condition.values().stream()).map(Text::value);
  }

  /// The ends of the ranges part all addresses into stretches, and each begins at the start of a
  /// range or right behind one.
  private List<String> addresses() {
    Set<String> addresses = new LinkedHashSet<>(List.of("0.0.0.0", "::"));
    written()
        .flatMap(text -> AddressRange.of(text).stream())
        .forEach(
            range -> {
              byte[] bytes = range.address().getAddress();
              int free = bytes.length * Byte.SIZE - range.bits();
              BigInteger size = BigInteger.ONE.shiftLeft(free);
              BigInteger first = new BigInteger(1, bytes).shiftRight(free).shiftLeft(free);
              address(first, bytes.length).ifPresent(addresses::add);
              address(first.add(size), bytes.length).ifPresent(addresses::add);
            });
    return List.copyOf(addresses);
  }

  private static Optional<String> address(BigInteger number, int length) {
    if (number.bitLength() > length * Byte.SIZE) {
      return Optional.empty();
    }
    byte[] padded = new byte[length];
    byte[] bytes = number.toByteArray();
    for (int i = 0; i < Math.min(length, bytes.length); i++) {
      padded[length - 1 - i] = bytes[bytes.length - 1 - i];
    }
    try {
      return Optional.of(InetAddress.getByAddress(padded).getHostAddress());
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }
}
