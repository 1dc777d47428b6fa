package io.github.eksidentity.core.rules.loose;

import io.github.eksidentity.core.audit.Evidence;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.index.RoleTrust;
import io.github.eksidentity.core.index.TrustedProvider;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Quantifier;
import io.github.eksidentity.core.policy.tree.Effect;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.PrincipalKind;
import io.github.eksidentity.core.policy.tree.Statement;
import io.github.eksidentity.core.policy.tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A way into a role for pods that is not for pods.
///
/// @param openToTheWorld whether any principal of any account can take it
record OtherPrincipal(Evidence evidence, boolean openToTheWorld) {
  private static final String EVERYBODY = "*";
  private static final String ASSUME = "sts:AssumeRole";
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}|arn:[a-z-]+:iam::\\d{12}:root");
  /// The service of Pod Identity, however badly it is written.
  private static final Pattern POD_IDENTITY = Pattern.compile("pods?\\W?eks");

  private static final Pattern SAML = Pattern.compile(":saml-provider/");

  /// An ARN that leaves open neither account nor the first letters of the name.
  private static final Pattern NAMED =
      Pattern.compile("arn:[a-z-]+:(iam|sts)::\\d{12}:(role|user|assumed-role)/[^*?].*");

  /// Every such way into a role, in the order of its trust; none where the role is not for pods.
  static List<OtherPrincipal> of(RoleTrust trust) {
    List<OtherPrincipal> doors = new ArrayList<>();
    trust
        .policy()
        .ifPresent(
            policy ->
                policy.statements(Effect.ALLOW).stream()
                    .filter(statement -> trust.forPods() || namesEks(statement))
                    .filter(statement -> !statement.principals().negated())
                    .forEach(statement -> doors.addAll(of(statement))));
    if (trust.forPods()) {
      for (String profile : trust.role().instanceProfiles()) {
        Evidence evidence =
            Evidence.of("the role is in the instance profile " + profile).withValue(profile);
        doors.add(new OtherPrincipal(evidence, false));
      }
    }
    return doors;
  }

  private static List<OtherPrincipal> of(Statement statement) {
    if (statement.principals().everyone()) {
      return List.of(everybody(statement, "Principal"));
    }
    return statement.principals().entries().stream()
        .flatMap(principal -> of(statement, principal).stream())
        .toList();
  }

  private static Optional<OtherPrincipal> of(Statement statement, Principal principal) {
    String value = principal.value();
    String element = "Principal." + principal.kind().element();
    if (value.equals(EVERYBODY) && principal.kind() != PrincipalKind.SERVICE) {
      return Optional.of(everybody(statement, element));
    }
    Optional<String> who =
        switch (principal.kind()) {
          case AWS -> account(statement, value);
          case SERVICE -> service(statement, value);
          case FEDERATED -> provider(statement, value);
          case CANONICAL_USER -> Optional.empty();
        };
    return who.filter(_ -> !needsPod(statement))
        .map(
            text ->
                new OtherPrincipal(
                    Evidence.in(statement, text)
                        .withKey(element)
                        .withValue(value)
                        .withAt(principal.at()),
                    false));
  }

  private static OtherPrincipal everybody(Statement statement, String element) {
    boolean open =
        covers(statement, ASSUME)
            && !element.endsWith("Federated")
            && statement.conditions().isEmpty();
    String text =
        covers(statement, ASSUME)
            ? "names every principal of every account"
            : "names everybody; whether that covers tokens of other providers is not documented";
    return new OtherPrincipal(
        Evidence.in(statement, text)
            .withKey(element)
            .withValue(EVERYBODY)
            .withAt(statement.principals().at()),
        open);
  }

  private static Optional<String> account(Statement statement, String value) {
    boolean open =
        ACCOUNT.matcher(value).matches()
            && covers(statement, ASSUME)
            && statement.conditions().stream().noneMatch(OtherPrincipal::namesCaller);
    return open
        ? Optional.of("admits every principal of the account that may call sts:AssumeRole")
        : Optional.empty();
  }

  private static Optional<String> service(Statement statement, String value) {
    return !POD_IDENTITY.matcher(value).find() && covers(statement, ASSUME)
        ? Optional.of("admits the AWS service " + value)
        : Optional.empty();
  }

  private static Optional<String> provider(Statement statement, String value) {
    if (TrustedProvider.looksLikeEks(value)) {
      return Optional.empty();
    }
    String action =
        SAML.matcher(value).find() ? "sts:AssumeRoleWithSAML" : PodRequests.WEB_IDENTITY;
    return covers(statement, action)
        ? Optional.of("admits another identity provider")
        : Optional.empty();
  }

  private static boolean covers(Statement statement, String action) {
    return statement.actions().covers(action);
  }

  private static boolean namesEks(Statement statement) {
    return statement.conditions().stream()
        .anyMatch(condition -> TrustedProvider.looksLikeEks(condition.key()));
  }

  /// The usual form of a role that may assume itself: the account's root with the ARN as condition.
  private static boolean namesCaller(Condition condition) {
    return condition.key().equalsIgnoreCase("aws:PrincipalArn")
        && restricts(condition)
        && condition.values().stream()
            .map(Text::value)
            .allMatch(value -> NAMED.matcher(value).matches());
  }

  /// Whether a condition asks for what only a pod's call carries.
  private static boolean needsPod(Statement statement) {
    return statement.conditions().stream()
        .filter(OtherPrincipal::restricts)
        .map(condition -> condition.key().toLowerCase(Locale.ROOT))
        .anyMatch(
            key ->
                TrustedProvider.looksLikeEks(key)
                    || key.startsWith("aws:requesttag/kubernetes-")
                    || key.startsWith("aws:requesttag/eks-cluster-"));
  }

  private static boolean restricts(Condition condition) {
    return !condition.operator().trueWhenAbsent()
        && condition.operator().quantifier() != Quantifier.FOR_ALL_VALUES;
  }
}
