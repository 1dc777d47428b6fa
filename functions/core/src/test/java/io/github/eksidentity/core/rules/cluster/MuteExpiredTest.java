package io.github.eksidentity.core.rules.cluster;

import io.github.eksidentity.core.audit.Mute;
import io.github.eksidentity.core.rules.Example;
import io.github.eksidentity.core.rules.RuleContract;
import io.github.eksidentity.core.rules.TestAccount;
import io.github.eksidentity.core.rules.Trusts;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

final class MuteExpiredTest extends RuleContract {
  MuteExpiredTest() {
    super(new MuteExpired());
  }

  static Mute mute(String rule, String resource, String until) {
    return Mute.of(
        rule, resource, Optional.empty(), "team-payments", "goes in May", LocalDate.parse(until));
  }

  /// An account with one finding of the rule trust-no-condition, at the role `debug`.
  static TestAccount openRole() {
    return TestAccount.account()
        .cluster("payments")
        .role(
            "debug",
            Trusts.policy(
                """
                {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "%s"}}\
                """
                    .formatted(TestAccount.providerArn(TestAccount.issuer("payments")))));
  }

  @Override
  public Stream<Example> examples() {
    Mute ended = mute("trust-no-condition", "*:role/debug", "2026-11-19");
    return Stream.of(
        flags("a mute whose last day was yesterday")
            .in(openRole())
            .muting(ended)
            .at(ended.id())
            .alsoFinding("trust-no-condition")
            .saying("ended on 2026-11-19")
            .saying("team-payments"),
        flags("a mute that ended and matches nothing")
            .muting(ended)
            .at(ended.id())
            .saying("rule trust-no-condition at *:role/debug"),
        accepts("a mute on its last day")
            .in(openRole())
            .muting(mute("trust-no-condition", "*:role/debug", "2026-11-20"))
            .alsoFinding("trust-no-condition"),
        accepts("no mutes"));
  }
}
