package io.github.eksidentity.core.policy.admit;

import io.github.eksidentity.core.policy.evaluate.Request;
import java.util.List;
import java.util.Map;

/// A way into a role, and the claims by which those who come that way differ.
public interface CallerKind {
  /// A condition key that carries a claim, or a part of it.
  ///
  /// @param before and after: what surrounds the key's value in the claim; patterns
  record Carrier(Claim claim, String before, String after) {
    /// The key carries the whole claim.
    public static Carrier whole(Claim claim) {
      return new Carrier(claim, "", "");
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
