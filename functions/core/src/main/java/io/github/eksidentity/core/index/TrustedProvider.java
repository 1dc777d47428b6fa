package io.github.eksidentity.core.index;

import io.github.eksidentity.core.facts.Role;
import io.github.eksidentity.core.policy.admit.WebIdentityCall;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.ConditionOperator.Comparison;
import io.github.eksidentity.core.policy.tree.Principal;
import io.github.eksidentity.core.policy.tree.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One EKS provider that one Allow statement of a trust policy names under Federated: a way in for
/// pods by IRSA.
///
/// @param principal the provider as the policy names it, perhaps malformed
/// @param issuer what stands after `oidc-provider/`, empty where the principal is no such ARN
/// @param standing what is known of the issuer
public record TrustedProvider(
    Statement statement, Principal principal, Optional<String> issuer, IssuerStanding standing) {
  private static final Pattern LOOKS_LIKE_EKS =
      Pattern.compile("oidc[.-]eks[./]|oidc\\.[a-z0-9-]+\\.eks\\.|/id/[0-9A-Fa-f]{32}");

  /// The condition key with the token's subject.
  public String subjectKey() {
    return issuer.orElse("") + ":sub";
  }

  /// The condition key with the token's audience.
  public String audienceKey() {
    return issuer.orElse("") + ":aud";
  }

  /// The conditions of the statement that compare this key with values.
  public List<Condition> conditionsOn(String key) {
    return statement.conditions().stream()
        .filter(condition -> condition.key().equalsIgnoreCase(key))
        .filter(condition -> condition.operator().comparison() != Comparison.NULL)
        .toList();
  }

  /// The call by which pods with a token of the issuer ask for a role that names the provider.
  ///
  /// @param audience of their token
  public WebIdentityCall call(Role role, String audience) {
    return new WebIdentityCall(
        principal.value(),
        issuer.orElseThrow(),
        audience,
        role.account(),
        PodRequests.UNDETERMINED);
  }

  /// Whether somebody meant an EKS provider by this text, however badly it is written.
  public static boolean looksLikeEks(String federated) {
    return LOOKS_LIKE_EKS.matcher(federated).find();
  }
}
