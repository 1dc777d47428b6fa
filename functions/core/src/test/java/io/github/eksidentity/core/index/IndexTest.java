package io.github.eksidentity.core.index;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.providerArn;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.eksidentity.core.rules.TestAccount;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IndexTest {
  private static final String PROD = issuer("prod");
  private static final String TEST = issuer("test");
  private static final String LEDGER = "system:serviceaccount:payments:ledger";
  private static final String REPORTS = "system:serviceaccount:payments:reports";

  @Test
  void findsRolesByExactSubjectAndByPattern() {
    TestAccount account =
        account()
            .cluster("prod")
            .role("pattern", policy(web(PROD, like("system:serviceaccount:payments:*"))))
            .role("ledger", irsa(PROD, LEDGER))
            .role("reports", irsa(PROD, REPORTS))
            .role("also-ledger", policy(web(PROD, equalTo(PROD, LEDGER))))
            .role("other-namespace", policy(web(PROD, like("system:serviceaccount:web:*"))));
    assertEquals(roles("ledger", "also-ledger", "pattern"), admitting(account, PROD, LEDGER));
    assertEquals(roles("reports", "pattern"), admitting(account, PROD, REPORTS));
    assertEquals(
        roles("other-namespace"), admitting(account, PROD, "system:serviceaccount:web:shop"));
    assertEquals(List.of(), admitting(account, PROD, "system:serviceaccount:default:default"));
  }

  @Test
  void asksOnlyRolesThatTrustTheIssuer() {
    TestAccount account =
        account()
            .cluster("prod")
            .cluster("test")
            .role("prod", irsa(PROD, LEDGER))
            .role(
                "both", policy(web(TEST, equalTo(TEST, LEDGER)), web(PROD, equalTo(PROD, REPORTS))))
            .role("open-in-test", policy(web(TEST, "{}")));
    assertEquals(roles("prod"), admitting(account, PROD, LEDGER));
    assertEquals(roles("both"), admitting(account, PROD, REPORTS));
    assertEquals(roles("both", "open-in-test"), admitting(account, TEST, LEDGER));
    assertEquals(roles("open-in-test"), admitting(account, TEST, REPORTS));
    assertEquals(List.of(), admitting(account, issuer("unheard-of"), LEDGER));
  }

  @Test
  void subtractsDenyStatements() {
    String deny =
        """
        {"Effect": "Deny", "Principal": {"Federated": "%s"}, "Action": "sts:*",
         "Condition": {"StringEquals": {"%s:sub": "%s"}}}\
        """
            .formatted(providerArn(PROD), PROD, LEDGER);
    TestAccount account =
        account()
            .cluster("prod")
            .role("app", policy(web(PROD, like("system:serviceaccount:payments:*")), deny));
    assertEquals(List.of(), admitting(account, PROD, LEDGER));
    assertEquals(roles("app"), admitting(account, PROD, REPORTS));
  }

  @Test
  void keepsWhatIsUndetermined() {
    TestAccount account =
        account()
            .cluster("prod")
            .role(
                "from-an-address",
                policy(
                    web(
                        PROD,
                        """
                        {"StringEquals": {"%1$s:sub": "%2$s", "%1$s:aud": "sts.amazonaws.com"},
                         "IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}\
                        """
                            .formatted(PROD, LEDGER))))
            .role(
                "two-patterns-at-once",
                policy(
                    web(
                        PROD,
                        """
                        {"StringLike": {"%1$s:sub": "*:payments:*"},
                         "ForAllValues:StringLike": {"%1$s:sub": "*:ledger"}}\
                        """
                            .formatted(PROD))));
    assertEquals(
        roles("from-an-address", "two-patterns-at-once"), admitting(account, PROD, LEDGER));
    assertEquals(roles("two-patterns-at-once"), admitting(account, PROD, REPORTS));
  }

  @Test
  void worksOutOnceWhomARoleAdmits() {
    Index index = index(account().cluster("prod").role("app", irsa(PROD, LEDGER)));
    var role = index.role(roleArn("app")).orElseThrow();
    assertSame(index.admitted(role), index.admitted(role));
  }

  private static String like(String pattern) {
    return """
    {"StringLike": {"%1$s:sub": "%2$s"}, "StringEquals": {"%1$s:aud": "sts.amazonaws.com"}}\
    """
        .formatted(PROD, pattern);
  }

  private static List<String> roles(String... names) {
    return Arrays.stream(names).map(TestAccount::roleArn).toList();
  }

  private static List<String> admitting(TestAccount account, String issuer, String subject) {
    return index(account).admitting(issuer, subject).stream().map(way -> way.role().arn()).toList();
  }

  private static Index index(TestAccount account) {
    return Index.of(account.build(), Set.of());
  }
}
