package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.AdmittingStatement;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Conditions that were meant to restrict and hold whatever comes, because their key never comes.
public final class VacuousConditions {
  private static final String SUBJECT = ":sub";
  private static final String AUDIENCE = ":aud";

  private VacuousConditions() {}

  /// Those of an open door that let everybody in, and those of a restricted one that leave its
  /// audience open.
  public static List<Condition> in(AdmittingStatement admitted) {
    return all(admitted)
        .filter(
            condition ->
                admitted.open()
                    ? admitted.subjectConditions().isEmpty() || !isAudience(condition)
                    : (admitted.anyAudience()
                        && isAudience(condition)
                        && !isOfAnotherProvider(condition, admitted)))
        .toList();
  }

  /// Whether the condition was meant for the token's subject.
  public static boolean isSubject(Condition condition) {
    return folded(condition).endsWith(SUBJECT);
  }

  /// Whether the condition was meant for the token's audience.
  public static boolean isAudience(Condition condition) {
    return folded(condition).endsWith(AUDIENCE);
  }

  private static Stream<Condition> all(AdmittingStatement admitted) {
    return admitted.statement().conditions().stream()
        .filter(condition -> condition.operator().trueWhenAbsent())
        .filter(condition -> !admitted.comes(condition.key()))
        .filter(VacuousConditions::meantToRestrict);
  }

  /// A condition such as BoolIfExists on aws:ViaAWSService is right where its key is absent; a
  /// claim or the identity of a caller is not.
  private static boolean meantToRestrict(Condition condition) {
    String key = folded(condition);
    return isSubject(condition)
        || isAudience(condition)
        || TrustedProvider.looksLikeEks(condition.key())
        || Stream.of(
                "aws:principal", "aws:source", "aws:requesttag/", "aws:userid", "sts:externalid")
            .anyMatch(key::startsWith);
  }

  /// A statement may name several providers with a key for each.
  private static boolean isOfAnotherProvider(Condition condition, AdmittingStatement admitted) {
    return admitted.statement().principals().of(PrincipalKind.FEDERATED).stream()
        .flatMap(principal -> OidcProvider.issuerOf(principal.value()).stream())
        .anyMatch(issuer -> folded(condition).startsWith(issuer.toLowerCase(Locale.ROOT) + ":"));
  }

  private static String folded(Condition condition) {
    return condition.key().toLowerCase(Locale.ROOT);
  }
}
