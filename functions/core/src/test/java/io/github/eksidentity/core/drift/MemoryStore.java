package io.github.eksidentity.core.drift;

import java.util.ArrayList;
import java.util.List;

/// A store in memory that outlives the processes which open it.
public final class MemoryStore {
  private final List<StoreEntry> log = new ArrayList<>();

  /// The store as a process opens it that begins.
  ///
  /// @param step called before and after each write; a test kills the process by throwing from it
  public FindingStore open(Runnable step) {
    LoggedStore store =
        new LoggedStore(
            entry -> {
              step.run();
              log.add(entry);
              step.run();
            });
    log.forEach(store::replay);
    return store;
  }
}
