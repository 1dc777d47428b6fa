package io.github.eksidentity.core.policy.admit;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Callers whose claims match patterns.
///
/// @param claims what the claims match; a claim that is not named may be anything
/// @param example one of them
/// @param conditions what must hold besides, each as `operator key [values]`; only the moment of a
/// call tells. Empty where nothing must
public record Callers(
    Map<Claim, Match> claims, Map<Claim, String> example, List<String> conditions) {

  /// Texts that match every one of some patterns and none of others.
  public record Match(List<TextPattern> all, List<TextPattern> none) {
    public Match {
      all = List.copyOf(all);
      none = List.copyOf(none);
    }

    boolean covers(String text) {
      return all.stream().allMatch(pattern -> pattern.matches(text))
          && none.stream().noneMatch(pattern -> pattern.matches(text));
    }
  }

  public Callers {
    claims = Collections.unmodifiableMap(ordered(claims));
    example = Collections.unmodifiableMap(ordered(example));
    conditions = List.copyOf(conditions);
  }

  /// The copy of an empty map needs the class of its keys.
  private static <T> Map<Claim, T> ordered(Map<Claim, T> map) {
    Map<Claim, T> ordered = new EnumMap<>(Claim.class);
    ordered.putAll(map);
    return ordered;
  }

  /// Whether a caller is one of them.
  ///
  /// @param caller a value for every claim of the entrance
  public boolean contains(Map<Claim, String> caller) {
    return claims.entrySet().stream()
        .allMatch(entry -> entry.getValue().covers(caller.getOrDefault(entry.getKey(), "")));
  }
}
