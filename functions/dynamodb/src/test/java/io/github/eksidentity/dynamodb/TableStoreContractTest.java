package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.drift.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The table against the contract of every store, on DynamoDB Local; the process dies before and
/// after each call that writes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableStoreContractTest extends StoreContract {
  private final LocalTable local = LocalTable.embedded();

  @AfterAll
  void stop() {
    local.close();
  }

  @Override
  protected Medium newMedium() {
    String name = local.createNext();
    return step -> new TableStore(stepping(local.client(), step), name);
  }

  private static DynamoDbClient stepping(DynamoDbClient client, Runnable step) {
    return Tapped.client(
        client, request -> ifWrites(request, step), request -> ifWrites(request, step));
  }

  private static void ifWrites(DynamoDbRequest request, Runnable step) {
    switch (request) {
      case PutItemRequest _,
          DeleteItemRequest _,
          UpdateItemRequest _,
          BatchWriteItemRequest _,
          TransactWriteItemsRequest _ ->
          step.run();
      default -> {}
    }
  }
}
