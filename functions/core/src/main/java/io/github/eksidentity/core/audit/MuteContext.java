package io.github.eksidentity.core.audit;

import java.util.Set;

/// What a rule about a mute may look at besides the mute.
///
/// @param assessment of the account, without what is said of mutes
/// @param askedRules ids of the rules that were asked, or switched off for good
/// @param thisAccountAlone whether everything that the mute may be about is in this account
public record MuteContext(Assessment assessment, Set<String> askedRules, boolean thisAccountAlone) {
  public MuteContext {
    askedRules = Set.copyOf(askedRules);
  }
}
