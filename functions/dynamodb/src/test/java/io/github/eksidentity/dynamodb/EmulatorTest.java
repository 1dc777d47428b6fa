package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.FindingQuery;
import io.github.eksidentity.core.drift.FindingState;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.Run;
import io.github.eksidentity.core.drift.RunRequest;
import io.github.eksidentity.core.drift.StoreException;
import io.github.eksidentity.testbed.MotoServer;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// Engines that are not DynamoDB Local tell the same of the same two days.
final class EmulatorTest {
  private static final String TABLE = "findings";

  @Test
  void motoServer() {
    assumeTrue(MotoServer.isInstalled(), MotoServer.MISSING);
    try (MotoServer moto = MotoServer.start()) {
      compare(moto.endpoint());
    }
  }

  @Test
  void localStack() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "Docker is not available, so LocalStack cannot be started");
    try (LocalStackContainer localstack =
        new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
            .withServices("dynamodb")) {
      localstack.start();
      compare(localstack.getEndpoint());
    }
  }

  private static void compare(URI endpoint) {
    try (LocalTable local = LocalTable.embedded();
        LocalTable other = LocalTable.at(endpoint)) {
      local.create(TABLE);
      other.create(TABLE);
      FindingStore expected = new TableStore(local.client(), TABLE);
      FindingStore store = new TableStore(other.client(), TABLE);

      assertEquals(Days.both(expected), Days.both(store));
      assertEquals(
          ids(expected.findings(FindingQuery.LIVE)), ids(store.findings(FindingQuery.LIVE)));
      assertEquals(expected.mutes(), store.mutes());
      assertEquals(expected.accounts(), store.accounts());
      refuses(store);
    }
  }

  private static Set<String> ids(List<FindingState> states) {
    return states.stream().map(FindingState::id).collect(Collectors.toSet());
  }

  /// A run that was taken for dead may not write.
  private static void refuses(FindingStore store) {
    Run slow = ((FindingStore.Begun.Started) store.begin(Day.of(3).request())).run();
    RunRequest next = Day.of(4).request();
    store.begin(next);

    assertThrows(StoreException.Superseded.class, () -> store.recordScopes(slow, List.of()));
    assertThrows(
        StoreException.Superseded.class,
        () -> store.complete(slow.completed(next.now(), true, slow.counts())));
  }
}
