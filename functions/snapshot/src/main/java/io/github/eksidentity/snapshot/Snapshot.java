package io.github.eksidentity.snapshot;

import io.github.eksidentity.core.facts.Inventory;
import java.time.Instant;
import java.util.Optional;

/// What a snapshot holds.
///
/// @param takenAt when it was taken, where the snapshot says so; an audit takes it as now
public record Snapshot(Inventory inventory, Optional<Instant> takenAt) {}
