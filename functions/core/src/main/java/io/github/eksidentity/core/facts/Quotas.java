package io.github.eksidentity.core.facts;

import java.util.OptionalInt;

/// Limits of the account from GetAccountSummary.
///
/// @param trustPolicySize `AssumeRolePolicySizeQuota`, characters without white space
/// @param providers `OpenIDConnectProviders` limit where AWS tells it; GetAccountSummary gives only
/// the number in use
public record Quotas(OptionalInt trustPolicySize, OptionalInt providers) {
  /// Nothing was read.
  public static final Quotas NOT_READ = new Quotas(OptionalInt.empty(), OptionalInt.empty());
}
