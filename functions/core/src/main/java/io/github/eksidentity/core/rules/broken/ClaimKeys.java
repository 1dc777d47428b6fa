package io.github.eksidentity.core.rules.broken;

import io.github.eksidentity.core.facts.EksIssuer;
import io.github.eksidentity.core.facts.OidcProvider;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.GlobalKeys;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.rules.shared.VacuousConditions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Condition keys that do not come with the call of a pod. STS takes `sub` and `aud` from a token
/// of EKS; the call is not signed, so nothing about a calling principal comes with it.
///
/// Documented at
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>.
final class ClaimKeys {
  private static final Pattern GLOBAL = Pattern.compile("(aws|sts|iam):.*");
  private static final Set<String> NEVER =
      Set.of(
          "aws:tagkeys",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:multifactorauthpresent",
          "aws:multifactorauthage",
          "aws:username",
          "sts:externalid",
          "sts:transitivetagkeys",
          "sts:awsservicename");

  private ClaimKeys() {}

  /// Whether the key was meant for a token's subject or audience, of whatever issuer.
  static boolean isSubjectOrAudience(Condition condition) {
    return VacuousConditions.isSubject(condition) || VacuousConditions.isAudience(condition);
  }

  /// Whether it is certain that the key does not come. Of a key of AWS that is not known here it is
  /// not; a key of another service or of a claim is one that STS does not have.
  static boolean neverComes(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    return !GLOBAL.matcher(folded).matches()
        || !GlobalKeys.exists(folded)
        || NEVER.contains(folded)
        || folded.startsWith("aws:principal")
        || folded.startsWith("aws:requesttag/");
  }

  /// Whether the key is one of another provider that the statement names.
  static boolean isOfAnotherProvider(String key, PodStatement way) {
    String folded = key.toLowerCase(Locale.ROOT);
    return otherIssuers(way.statement(), way.issuer())
        .anyMatch(issuer -> folded.startsWith(issuer + ":"));
  }

  /// The issuer that a key names, without what does not belong there, as far as it names one.
  static Optional<String> issuerIn(String key) {
    int claim = key.lastIndexOf(':');
    String prefix = claim < 0 ? key : key.substring(0, claim);
    int arn = prefix.indexOf(OidcProvider.RESOURCE);
    String bare = arn < 0 ? prefix : prefix.substring(arn + OidcProvider.RESOURCE.length());
    return Optional.of(EksIssuer.withoutScheme(bare).replaceFirst("/+$", ""))
        .filter(TrustedProvider::looksLikeEks);
  }

  private static Stream<String> otherIssuers(Statement statement, String own) {
    List<String> federated =
        statement.principals().of(PrincipalKind.FEDERATED).stream()
            .map(principal -> principal.value())
            .toList();
    return federated.stream()
        .map(value -> OidcProvider.issuerOf(value).orElse(value))
        .filter(issuer -> !issuer.equalsIgnoreCase(own))
        .map(issuer -> issuer.toLowerCase(Locale.ROOT));
  }
}
