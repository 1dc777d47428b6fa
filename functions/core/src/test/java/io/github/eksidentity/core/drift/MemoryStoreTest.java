package io.github.eksidentity.core.drift;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Medium newMedium() {
    MemoryStore.Medium maps = new MemoryStore.Medium();
    return step -> new MemoryStore(maps, step);
  }
}
