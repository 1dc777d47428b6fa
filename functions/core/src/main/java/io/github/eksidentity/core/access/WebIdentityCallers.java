package io.github.eksidentity.core.access;

import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.index.PodRequests;
import io.github.eksidentity.core.policy.admit.CallerKind;
import io.github.eksidentity.core.policy.admit.Claim;
import io.github.eksidentity.core.policy.evaluate.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The way in by IRSA: service account tokens of one cluster, of whatever audience.
///
/// @param providerArn provider in the role's account
/// @param issuer without `https://`
record WebIdentityCallers(String providerArn, String issuer) implements CallerKind {
  @Override
  public Map<Claim, List<String>> claims() {
    return Map.of(Claim.SUBJECT, List.of(), Claim.AUDIENCE, List.of(PodRequests.DEFAULT_AUDIENCE));
  }

  @Override
  public Map<String, Carrier> carriers() {
    String prefix = issuer.toLowerCase(Locale.ROOT);
    return Map.of(
        prefix + ":sub", Carrier.whole(Claim.SUBJECT),
        prefix + ":aud", Carrier.whole(Claim.AUDIENCE));
  }

  @Override
  public List<Request> requests(Map<Claim, String> caller) {
    String account = Arn.parse(providerArn).map(Arn::account).orElse("");
    return List.of(
        PodRequests.webIdentity(
            "arn:aws:iam::" + account + ":role/any",
            providerArn,
            issuer,
            caller.getOrDefault(Claim.SUBJECT, ""),
            caller.getOrDefault(Claim.AUDIENCE, "")));
  }
}
