package io.github.eksidentity.core.facts;

import java.time.Instant;

/// What IAM knows of a role's use. It tracks 400 days and lags by hours.
///
/// Documented at <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html>.
public sealed interface LastUsed {
  /// Not used in the tracking period.
  record Never() implements LastUsed {}

  /// Used, last at this time.
  record At(Instant time) implements LastUsed {}

  /// Not read: ListRoles does not tell.
  record NotRead() implements LastUsed {}
}
