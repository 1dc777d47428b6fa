package io.github.eksidentity.core.access;

import io.github.eksidentity.core.audit.PodRequests;
import io.github.eksidentity.core.facts.Arn;
import io.github.eksidentity.core.policy.Claim;
import io.github.eksidentity.core.policy.Entrance;
import io.github.eksidentity.core.policy.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The way in by IRSA: service account tokens of one cluster, of whatever audience.
///
/// @param providerArn provider in the role's account
/// @param issuer without `https://`
record WebEntrance(String providerArn, String issuer) implements Entrance {
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
