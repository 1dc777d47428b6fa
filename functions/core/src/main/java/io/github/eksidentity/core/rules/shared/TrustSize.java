package io.github.eksidentity.core.rules.shared;

import io.github.eksidentity.core.audit.AuditContext;
import io.github.eksidentity.core.policy.parse.TrustPolicyParser;
import java.util.OptionalInt;

/// How long a trust policy may be. IAM does not count white space.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.
public final class TrustSize {
  private TrustSize() {}

  /// The account's limit where it is known: as set, otherwise as AWS tells.
  public static OptionalInt known(AuditContext context) {
    OptionalInt set = context.settings().trustPolicyLimit();
    return set.isPresent() ? set : context.inventory().quotas().trustPolicySize();
  }

  /// The account's limit, or the default one where nothing is known of it.
  public static int limit(AuditContext context) {
    return known(context).orElse(TrustPolicyParser.DEFAULT_SIZE_LIMIT);
  }

  /// Whether a document reaches the part of the limit that counts as near.
  public static boolean isNear(String document, AuditContext context) {
    return 100L * TrustPolicyParser.size(document)
        >= (long) context.settings().nearLimitPercent() * limit(context);
  }
}
