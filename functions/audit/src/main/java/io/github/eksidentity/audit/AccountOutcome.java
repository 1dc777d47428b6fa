package io.github.eksidentity.audit;

import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunId;

/// What came of one account.
sealed interface AccountOutcome {
  String account();

  /// The run is kept.
  ///
  /// @param again whether an earlier delivery of the event had done it all
  record Recorded(String account, Run run, boolean again) implements AccountOutcome {}

  /// A later audit of the account is known already, so that this one has nothing to add.
  record Outdated(String account, RunId newer) implements AccountOutcome {}

  /// It has to be tried again.
  ///
  /// @param reason one sentence
  record Unfinished(String account, String reason) implements AccountOutcome {}
}
