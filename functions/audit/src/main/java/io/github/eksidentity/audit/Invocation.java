package io.github.eksidentity.audit;

import io.github.eksidentity.core.facts.Account;
import java.time.Duration;
import java.util.function.Supplier;

/// One invocation of the function.
///
/// @param own the account that the function is in
/// @param left how much of its time is left
record Invocation(Account own, Supplier<Duration> left) {}
