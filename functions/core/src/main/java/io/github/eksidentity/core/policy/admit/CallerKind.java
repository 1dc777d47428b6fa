package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Request;
import io.github.eksidentity.core.policy.tree.Condition;
import io.github.eksidentity.core.policy.tree.Glob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A way into a role, and the claims by which those who come that way differ.
public interface CallerKind {
  /// A condition key that carries a claim, or a part of it.
  ///
  /// @param before and after: what surrounds the key's value in the claim; patterns
  /// @param digits how many digits the value has where it is a number, 0 where it need not be one
  record Carrier(Claim claim, String before, String after, int digits) {
    /// The key carries the whole claim.
    public static Carrier whole(Claim claim) {
      return new Carrier(claim, "", "", 0);
    }

    /// The key carries a part of it.
    public static Carrier part(Claim claim, String before, String after) {
      return new Carrier(claim, before, after, 0);
    }

    /// The pattern of claims whose part a pattern covers.
    TextPattern around(TextPattern pattern) {
      return TextPattern.join(
          List.of(TextPattern.of(Glob.of(before)), pattern, TextPattern.of(Glob.of(after))));
    }

    /// Whether the key's value may be a number, a date, an address or base64. A subject and an ARN
    /// are none of them, so that what becomes of them is not documented, whatever they are.
    boolean mayBeTyped() {
      boolean arn = claim == Claim.CLUSTER && before.isEmpty();
      return claim != Claim.SUBJECT && !arn;
    }

    /// The patterns that tell apart what a numeric condition tells apart; empty where no patterns
    /// do.
    Optional<Set<TextPattern>> numbers(Condition condition) {
      return digits > 0 ? NumberPatterns.of(condition, digits) : Optional.empty();
    }
  }

  /// The values that always stand for themselves, because they matter whatever the policy says, by
  /// claim; every claim of the entrance is a key.
  Map<Claim, List<String>> claims();

  /// The keys that carry claims, in lower case.
  Map<String, Carrier> carriers();

  /// What a caller asks for. The caller gets in where all of it is allowed.
  ///
  /// @param caller a value for every claim
  List<Request> requests(Map<Claim, String> caller);
}
