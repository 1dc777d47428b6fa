package io.github.eksidentity.core.audit;

import io.github.eksidentity.core.policy.tree.Glob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/// A person's word that certain findings are known and need no alert until a date.
///
/// @param id from [#idOf], so that the same mute stated again replaces itself
/// @param rule a rule's id; `*` and `?` are wildcards, and the pattern covers the whole id
/// @param resource a finding's resource; `*` and `?` are wildcards, and the pattern covers the
/// whole resource
/// @param account the only account concerned; empty for every account
/// @param owner who answers for it
/// @param reason why the findings may stay
/// @param until the last day on which it holds, which ends at midnight UTC
public record Mute(
    String id,
    String rule,
    String resource,
    Optional<String> account,
    String owner,
    String reason,
    LocalDate until) {
  public Mute {
    for (String text : new String[] {id, rule, resource, owner, reason}) {
      if (text.isBlank()) {
        throw new IllegalArgumentException("a mute has an id, rule, resource, owner and reason");
      }
    }
  }

  /// A mute with the id of what it matches.
  public static Mute of(
      String rule,
      String resource,
      Optional<String> account,
      String owner,
      String reason,
      LocalDate until) {
    return new Mute(idOf(rule, resource, account), rule, resource, account, owner, reason, until);
  }

  /// The id of a mute that matches this: `m-` and the first 40 bits of SHA-256.
  public static String idOf(String rule, String resource, Optional<String> account) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  String.join("\n", rule, resource, account.orElse("*"))
                      .getBytes(StandardCharsets.UTF_8));
      return "m-" + HexFormat.of().formatHex(hash, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /// Whether it still holds at this time.
  public boolean inForce(Instant now) {
    return now.isBefore(until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /// Whether it is about this finding, in force or not.
  public boolean matches(Finding finding) {
    return concerns(finding.account())
        && Glob.matches(rule, finding.rule())
        && Glob.matches(resource, finding.resource());
  }

  /// Whether it can be about findings of this account.
  public boolean concerns(String accountId) {
    return account.map(accountId::equals).orElse(true);
  }
}
