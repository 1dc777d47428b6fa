package io.github.eksidentity.audit;

import io.github.eksidentity.core.facts.Account;

/// An account to audit.
///
/// @param own whether the function is in it, so that no role is assumed
record Target(Account account, boolean own) {}
