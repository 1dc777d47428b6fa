package io.github.eksidentity.core.rules;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.clusterArn;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.audit.Auditor;
import io.github.eksidentity.core.audit.Settings;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// With how many typing errors a rule still sees what was meant, and from how many on it no longer
/// claims to: at each rule that asks, on both sides.
final class TypingErrorsTest {
  private static final String LEDGER = "system:serviceaccount:payments:ledger";

  /// @param right what is misspelt
  /// @param from where in it
  /// @param most errors with which it is still seen
  /// @param account with the misspelt text
  /// @param sign what the finding says where it is seen
  private record Slip(
      String right, int from, int most, Function<String, TestAccount> account, String sign) {
    String with(int errors) {
      return right.substring(0, from) + "q".repeat(errors) + right.substring(from + errors);
    }

    boolean isSeen(int errors) {
      return new Auditor(Rules.all())
              .audit(account.apply(with(errors)).build(), Settings.DEFAULTS, TestAccount.NOW)
              .findings()
              .stream()
              .map(one -> one.rule() + one.evidence() + one.remediation().advice())
              .collect(Collectors.joining())
              .contains(sign);
    }
  }

  @TestFactory
  Stream<DynamicTest> seenUpToSoManyErrorsAndNoFurther() {
    return Map.of(
            "the audience of a provider",
            new Slip(
                "sts.amazonaws.com",
                4,
                3,
                audience -> trusted(LEDGER).provider(issuer("prod"), audience),
                "was meant to be"),
            "the first part of a subject",
            new Slip(LEDGER, 9, 3, TypingErrorsTest::trusted, "Write the subject as tokens carry"),
            "the id of an issuer",
            new Slip(
                issuer("prod"),
                45,
                3,
                issuer -> account().cluster("prod").role("app", irsa(issuer, LEDGER)),
                "differs from it by a typing error"),
            "the key of an annotation",
            new Slip(
                "eks.amazonaws.com/role-arn",
                4,
                3,
                key -> running(trusted(LEDGER), Map.of(key, "app")),
                "annotation-wrong-key"),
            "the name in a trust policy",
            new Slip(
                LEDGER,
                31,
                3,
                subject -> annotated(trusted(subject), roleArn("app")),
                "Correct the subject"),
            "the name of a service account that a role is held for",
            new Slip(
                LEDGER,
                31,
                3,
                subject -> trusted(subject).serviceAccount("prod", "payments", "ledger"),
                "nearest=Optional[" + LEDGER + "]"),
            "the name of a role",
            new Slip(
                roleArn("app-of-ledger"),
                33,
                2,
                role ->
                    annotated(
                        account()
                            .cluster("prod")
                            .role("app-of-ledger", irsa(issuer("prod"), LEDGER)),
                        role),
                "nearest=Optional[" + roleArn("app-of-ledger") + "]"),
            "the namespace in a condition on tags",
            new Slip(
                "payments",
                2,
                2,
                namespace ->
                    associated(Trusts.podIdentity(clusterArn("prod"), namespace, "ledger")),
                "Correct the condition"),
            "the service principal of Pod Identity",
            new Slip(
                "pods.eks.amazonaws.com",
                4,
                3,
                service ->
                    associated(
                        Trusts.podIdentity(clusterArn("prod"), "payments", "ledger")
                            .replace("pods.eks.amazonaws.com", service)),
                "this principal is not the service"))
        .entrySet()
        .stream()
        .map(slip -> DynamicTest.dynamicTest(slip.getKey(), () -> checkBothSides(slip.getValue())));
  }

  private static void checkBothSides(Slip slip) {
    assertTrue(slip.isSeen(slip.most()), slip.with(slip.most()));
    assertFalse(slip.isSeen(slip.most() + 1), slip.with(slip.most() + 1));
  }

  private static TestAccount trusted(String subject) {
    return account().cluster("prod").role("app", irsa(issuer("prod"), subject));
  }

  private static TestAccount annotated(TestAccount account, String role) {
    return running(account, Map.of("eks.amazonaws.com/role-arn", role));
  }

  private static TestAccount running(TestAccount account, Map<String, String> annotations) {
    return account
        .serviceAccount("prod", "payments", "ledger", annotations)
        .pod("prod", "payments", "ledger", "ledger");
  }

  private static TestAccount associated(String trust) {
    return account()
        .cluster("prod")
        .role("app", trust)
        .association("prod", "payments", "ledger", roleArn("app"));
  }
}
