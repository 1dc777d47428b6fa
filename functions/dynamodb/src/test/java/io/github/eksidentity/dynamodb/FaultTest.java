package io.github.eksidentity.dynamodb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.drift.Day;
import io.github.eksidentity.core.drift.FindingStore;
import io.github.eksidentity.core.drift.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What DynamoDB refuses or leaves undone, put in by the SDK's own interceptors.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultTest {
  private final LocalTable.Server server = LocalTable.Server.start();
  private final LocalTable local = LocalTable.at(server.endpoint());
  private final List<Duration> pauses = new ArrayList<>();

  @AfterAll
  void stop() {
    local.close();
    server.close();
  }

  private FindingStore store(TestInfo test, ExecutionInterceptor interceptor) {
    String table = test.getTestMethod().orElseThrow().getName();
    local.create(table);
    DynamoDbClient client = LocalTable.client(server.endpoint(), interceptor);
    pauses.clear();
    return new TableStore(client, table, pauses::add);
  }

  private Days.Told undisturbed(TestInfo test) {
    String table = test.getTestMethod().orElseThrow().getName() + "-undisturbed";
    local.create(table);
    return Days.both(new TableStore(local.client(), table));
  }

  private static TransactionCanceledException canceled(String... codes) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            List.of(codes).stream()
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .message("canceled")
        .statusCode(400)
        .build();
  }

  /// Refuses so many transactions in turn, lets two through, and begins again.
  private static ExecutionInterceptor refusing(List<RuntimeException> refusals) {
    return new ExecutionInterceptor() {
      private int calls;

      @Override
      public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof TransactWriteItemsRequest) {
          int turn = calls++ % (refusals.size() + 2);
          if (turn < refusals.size()) {
            throw refusals.get(turn);
          }
        }
      }
    };
  }

  @Test
  void whatPassesIsTriedAgain(TestInfo test) {
    FindingStore store =
        store(
            test,
            refusing(
                List.of(
                    canceled("None", "TransactionConflict"),
                    canceled("ThrottlingError", "None"),
                    canceled("ProvisionedThroughputExceeded"),
                    TransactionInProgressException.builder().message("in progress").build())));

    assertEquals(undisturbed(test), Days.both(store));
    assertFalse(pauses.isEmpty(), "waits between the tries");
  }

  @Test
  void throttlingWithoutEndIsToldAsItIs(TestInfo test) {
    FindingStore store =
        store(
            test,
            new ExecutionInterceptor() {
              @Override
              public void beforeExecution(
                  Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof TransactWriteItemsRequest) {
                  throw canceled("ThrottlingError");
                }
              }
            });

    assertThrows(TransactionCanceledException.class, () -> Days.record(store, Days.first()));
    assertEquals(9, pauses.size());
  }

  @Test
  void aRefusalForGoodIsNotTriedAgain(TestInfo test) {
    FindingStore store = store(test, refusing(List.of(canceled("ValidationError", "None"))));

    assertThrows(TransactionCanceledException.class, () -> Days.record(store, Days.first()));
    assertEquals(List.of(), pauses);
  }

  @Test
  void aConditionThatDoesNotHoldIsStaleAndARetryMendsIt(TestInfo test) {
    FindingStore store =
        store(
            test,
            new ExecutionInterceptor() {
              private int calls;

              @Override
              public void beforeExecution(
                  Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof TransactWriteItemsRequest && ++calls == 4) {
                  throw canceled("None", "ConditionalCheckFailed");
                }
              }
            });

    assertThrows(StoreException.Stale.class, () -> Days.record(store, Days.first()));
    Days.record(store, Days.first());
    assertEquals(6, Days.states(store).size());
    assertEquals(6, store.transitions(Days.first().runId()).size());
  }

  @Test
  void theSdkTriesThrottledReadsAgain(TestInfo test) {
    FindingStore store =
        store(
            test,
            new ExecutionInterceptor() {
              private int calls;

              @Override
              public void beforeTransmission(
                  Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (++calls % 40 == 0) {
                  throw ProvisionedThroughputExceededException.builder()
                      .awsErrorDetails(
                          AwsErrorDetails.builder()
                              .errorCode("ProvisionedThroughputExceededException")
                              .build())
                      .message("slow down")
                      .statusCode(400)
                      .build();
                }
              }
            });

    assertEquals(undisturbed(test), Days.both(store));
  }

  @Test
  void whatABatchLeavesUndoneIsDone(TestInfo test) {
    List<Integer> batches = new ArrayList<>();
    FindingStore store = store(test, leavingUndone(batches));

    assertEquals(undisturbed(test), Days.both(store));
    assertTrue(batches.size() > 4, "one item at a time: " + batches);
  }

  /// Lets one item of each batch through.
  private static ExecutionInterceptor leavingUndone(List<Integer> batches) {
    return new ExecutionInterceptor() {
      private Map<String, List<WriteRequest>> undone = Map.of();

      @Override
      public SdkRequest modifyRequest(
          Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof BatchWriteItemRequest batch)) {
          return context.request();
        }
        String table = batch.requestItems().keySet().iterator().next();
        List<WriteRequest> all = batch.requestItems().values().iterator().next();
        batches.add(all.size());
        undone = all.size() == 1 ? Map.of() : Map.of(table, all.subList(1, all.size()));
        return batch.toBuilder().requestItems(Map.of(table, all.subList(0, 1))).build();
      }

      @Override
      public SdkResponse modifyResponse(
          Context.ModifyResponse context, ExecutionAttributes attributes) {
        return context.response() instanceof BatchWriteItemResponse response
            ? response.toBuilder().unprocessedItems(undone).build()
            : context.response();
      }
    };
  }

  @Test
  void anAlertOfARunThatIsNotCompletedIsNotNoted(TestInfo test) {
    FindingStore store = store(test, new ExecutionInterceptor() {});
    store.begin(Days.first().request());

    assertThrows(
        IllegalStateException.class,
        () -> store.alerted(Day.ACCOUNT, Days.first().runId(), Days.first().now()));
  }
}
