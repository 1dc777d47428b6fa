package io.github.eksidentity.cli.store;

import java.util.Optional;

/// How the table of a store is reached; what is empty is found as the AWS CLI finds it.
///
/// @param profile of the AWS configuration files
/// @param region of the table
/// @param endpoint URL, as an emulator has
public record TableAccess(
    Optional<String> profile, Optional<String> region, Optional<String> endpoint) {}
