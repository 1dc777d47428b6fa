package io.github.eksidentity.core.drift;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Medium newMedium() {
    return new MemoryStore()::open;
  }
}
