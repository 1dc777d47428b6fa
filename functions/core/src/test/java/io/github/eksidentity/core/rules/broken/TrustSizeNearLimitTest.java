package io.github.eksidentity.core.rules.broken;

import static io.github.eksidentity.core.rules.TestAccount.account;
import static io.github.eksidentity.core.rules.TestAccount.issuer;
import static io.github.eksidentity.core.rules.TestAccount.roleArn;
import static io.github.eksidentity.core.rules.Trusts.equalTo;
import static io.github.eksidentity.core.rules.Trusts.irsa;
import static io.github.eksidentity.core.rules.Trusts.policy;
import static io.github.eksidentity.core.rules.Trusts.web;

import io.github.eksidentity.core.audit.Severity;
import io.github.eksidentity.core.facts.Quotas;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.SettingsEdits;
import io.github.eksidentity.core.rules.TestAccount;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class TrustSizeNearLimitTest extends RuleContract {
  private static final Quotas RAISED = new Quotas(OptionalInt.of(4096), OptionalInt.empty());
  private static final Quotas DEFAULT = new Quotas(OptionalInt.of(2048), OptionalInt.empty());

  TrustSizeNearLimitTest() {
    super(new TrustSizeNearLimit());
  }

  @Override
  public Stream<Example> examples() {
    return Stream.of(
        flags("nine tenths of the default limit")
            .in(of(1844))
            .at(roleArn("app"))
            .saying("1844 characters of at most 2048, white space not counted"),
        flags("one character below the limit that AWS tells")
            .in(of(2047).quotas(DEFAULT))
            .at(roleArn("app"))
            .saying("can hardly grow"),
        flags("as long as it may be")
            .in(of(2048).quotas(DEFAULT))
            .at(roleArn("app"))
            .severity(Severity.HIGH)
            .saying("cannot grow"),
        flags("near a limit that was raised")
            .in(of(3700).quotas(RAISED))
            .at(roleArn("app"))
            .saying("3700 characters of at most 4096"),
        flags("near the limit in the settings, which count more than what AWS tells")
            .in(of(1500).quotas(RAISED))
            .with(SettingsEdits.trustPolicyLimit(3000, 50))
            .at(roleArn("app"))
            .saying("1500 characters of at most 3000"),
        accepts("one character less than nine tenths").in(of(1843)),
        accepts("far from a limit that was raised").in(of(2500).quotas(RAISED)),
        accepts("white space does not count")
            .in(
                account()
                    .cluster("prod")
                    .role("app", irsa(issuer("prod"), subject(0)) + " ".repeat(3000))),
        accepts("a role that is not for pods")
            .in(
                account()
                    .role(
                        "ci",
                        policy(
                            web(
                                "token.actions.githubusercontent.com",
                                equalTo(
                                    "token.actions.githubusercontent.com",
                                    "repo:acme/app:ref:" + "x".repeat(1700)))))),
        undecided("longer than the default limit, so it was raised, and how far was not read")
            .in(of(2500))
            .at(roleArn("app")));
  }

  /// A role that names so many service accounts that its trust has this length.
  private static TestAccount of(int characters) {
    int subjects = 1;
    while (length(subjects + 1, "") <= characters) {
      subjects++;
    }
    String sid = "s".repeat(characters - length(subjects, ""));
    return account().cluster("prod").role("app", document(subjects, sid));
  }

  private static int length(int subjects, String sid) {
    return TrustPolicyParser.size(document(subjects, sid));
  }

  private static String document(int subjects, String sid) {
    String names =
        String.join("\", \"", IntStream.range(0, subjects).mapToObj(i -> subject(i)).toList());
    return policy(
            web(
                issuer("prod"),
                equalTo(issuer("prod"), names)
                    .replaceFirst("sub\": (.*), \"oidc", "sub\": [$1], \"oidc")))
        .replace("\"Effect\"", "\"Sid\": \"" + sid + "\", \"Effect\"");
  }

  private static String subject(int i) {
    return "system:serviceaccount:payments:worker-%02d".formatted(i);
  }
}
