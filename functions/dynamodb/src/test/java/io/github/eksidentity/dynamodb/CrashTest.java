package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.RunRecorder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The process dies before and after each call, reads too, and the run is tried again.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashTest {
  private final LocalTable local = LocalTable.embedded();

  @AfterAll
  void stop() {
    local.close();
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Clockwork {
    private int left;

    Clockwork(int calls) {
      left = calls;
    }

    void tick() {
      if (left-- == 0) {
        throw new Death();
      }
    }
  }

  private FindingStore prepared(String table) {
    FindingStore store = new TableStore(local.client(), table);
    store.putMute(Days.mute());
    Days.record(store, Days.first());
    return store;
  }

  @Test
  void deathAtAnyCallAndARetryIsAsIfNothingHadHappened() {
    FindingStore undisturbed = prepared(local.createNext());
    Days.record(undisturbed, Days.second());
    Days.Told expected = Days.told(undisturbed, Days.second());
    for (int call = 0; ; call++) {
      String table = local.createNext();
      FindingStore store = prepared(table);
      Clockwork death = new Clockwork(call);
      FindingStore mortal =
          new TableStore(
              Tapped.client(local.client(), _ -> death.tick(), _ -> death.tick()), table);
      boolean died = dies(mortal);
      assertInstanceOf(
          RunRecorder.Result.Recorded.class, Days.record(store, Days.second()), "call " + call);

      assertEquals(expected, Days.told(store, Days.second()), "after call " + call);
      if (!died) {
        assertTrue(call > 30, "a run makes more calls than that");
        return;
      }
    }
  }

  private static boolean dies(FindingStore store) {
    try {
      Days.record(store, Days.second());
      return false;
    } catch (Death _) {
      return true;
    }
  }
}
